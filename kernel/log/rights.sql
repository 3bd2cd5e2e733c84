-- Everything in a database that decides who may do what there: (kind, on what, what), roles by their kind.
--
-- A system's roles are called `<database>_<kind>`, and stand here by that kind alone; PUBLIC is everybody. What an owner may
-- do with his own is not listed. In schema `read`, which the application fills and rebuilds, only what others may do there is.
-- Of the server's own catalogue: what our roles were given, and what anybody was given that the server did not come with;
-- of the functions in it those that were made since (their oid is one of a user's), or made to be more than they came as.
with
name (oid, kind) as (
    select 0::oid, 'PUBLIC'
    union all
    select oid, case when left(rolname, length(current_database()) + 1) = current_database() || '_'
                     then substr(rolname, length(current_database()) + 2) else rolname end
      from pg_roles
),
ours (oid, kind) as (
    select r.oid, n.kind from pg_roles r join name n using (oid) where r.rolname = current_database() || '_' || n.kind
),
room (oid, room, owner, acl) as (
    select oid, nspname, nspowner, coalesce(nspacl, acldefault('n', nspowner)) from pg_namespace
     where nspname !~ '^pg_(toast|temp)' and nspname <> 'information_schema'
),
relation as (
    select c.oid, quote_ident(r.room) || '.' || quote_ident(c.relname) as name, r.room, c.relowner as owner, c.relkind, c.relpersistence,
           c.relrowsecurity, c.relforcerowsecurity,
           coalesce(c.relacl, acldefault(case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner)) as acl
      from pg_class c join room r on r.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
),
routine as (
    select * from (
        select p.oid, p.oid::regprocedure::text as name, r.room, p.proowner as owner, p.prosrc, p.prosecdef, p.proconfig,
               coalesce(p.proacl, acldefault('f', p.proowner)) as acl, p.proacl is not null as told,
               r.room <> 'pg_catalog' or p.oid >= 16384 or p.prosecdef or p.proconfig is not null
               or l.lanname not in ('internal', 'c', 'sql') as made
          from pg_proc p join room r on r.oid = p.pronamespace join pg_language l on l.oid = p.prolang
    ) every
    -- The thousands that came with the server, and of which nothing was ever said, are as they came.
    where made or told or oid in (select objoid from pg_init_privs where classoid = 'pg_proc'::regclass)
),
granted (kind, name, room, owner, acl, came) as (
    select 'database', 'itself', '', datdba, coalesce(datacl, acldefault('d', datdba)), null::aclitem[]
      from pg_database where datname = current_database()
    union all
    select 'schema', room, room, owner, acl,
           (select initprivs from pg_init_privs i where i.objoid = r.oid and i.classoid = 'pg_namespace'::regclass)
      from room r
    union all
    select case relkind when 'S' then 'sequence' else 'table' end, name, room, owner, acl,
           (select initprivs from pg_init_privs i
             where i.objoid = r.oid and i.classoid = 'pg_class'::regclass and i.objsubid = 0)
      from relation r
    union all
    select 'column', r.name || '.' || quote_ident(a.attname), r.room, r.owner, a.attacl,
           (select initprivs from pg_init_privs i
             where i.objoid = r.oid and i.classoid = 'pg_class'::regclass and i.objsubid = a.attnum)
      from relation r join pg_attribute a on a.attrelid = r.oid and not a.attisdropped where a.attacl is not null
    union all
    select 'function', name, room, owner, acl,
           coalesce((select initprivs from pg_init_privs i where i.objoid = r.oid and i.classoid = 'pg_proc'::regclass),
                    case when not made then acldefault('f', owner) end)
      from routine r
    union all
    select 'default ' || d.defaclobjtype::text, coalesce('in ' || r.room, 'everywhere'), '', d.defaclrole, d.defaclacl,
           case when d.defaclnamespace = 0 then null else '{}'::aclitem[] end
      from pg_default_acl d left join room r on r.oid = d.defaclnamespace
    union all
    select 'parameter', parname, '', 10, paracl, null from pg_parameter_acl
)
select 'grant ' || g.kind, g.name, n.kind || ' ' || lower(a.privilege_type) || case when a.is_grantable then ' to others' else '' end
  from granted g, aclexplode(g.acl) a join name n on n.oid = a.grantee
 where a.grantee <> g.owner
   and (g.room <> 'pg_catalog' or not exists (
        select from aclexplode(g.came) c where c.grantee = a.grantee and c.privilege_type = a.privilege_type))
   and not (g.room = 'read' and g.kind = 'table' and n.kind = 'auditor' and a.privilege_type = 'SELECT')
union all
select 'owner database', 'itself', kind from pg_database d join name n on n.oid = d.datdba where datname = current_database()
union all
select 'owner schema', room, kind from room join name n on n.oid = owner where room not in ('pg_catalog', 'public')
union all
select 'owner ' || case relpersistence when 'u' then 'unlogged ' else '' end
       || case relkind when 'r' then 'table' when 'S' then 'sequence' when 'v' then 'view' else 'relation ' || relkind::text end,
       name, kind
  from relation join name n on n.oid = owner
 where room not in ('pg_catalog', 'read') or (room = 'read' and kind <> 'app')
union all
select 'owner function', name, kind from routine join name n on n.oid = owner where made
union all
select 'function', name, case when prosecdef then 'as its owner ' else '' end || coalesce(proconfig::text || ' ', '')
       || encode(sha256(convert_to(prosrc, 'UTF8')), 'hex')
  from routine where made
union all
select 'trigger', r.name, t.tgname || ' ' || t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid)
  from pg_trigger t join relation r on r.oid = t.tgrelid where not t.tgisinternal
union all
select 'trigger', r.name, 'of a constraint ' || t.tgenabled::text || ' ' || c.conname
  from pg_trigger t join relation r on r.oid = t.tgrelid join pg_constraint c on c.oid = t.tgconstraint
 where t.tgisinternal and t.tgenabled <> 'O'
union all
select 'event trigger', evtname, evtevent || ' ' || evtenabled::text || ' ' || evtfoid::regprocedure::text from pg_event_trigger
union all
select 'constraint', r.name, c.conname || ' ' || pg_get_constraintdef(c.oid) || case when c.convalidated then '' else ' unchecked' end
  from pg_constraint c join relation r on r.oid = c.conrelid where r.room not in ('pg_catalog', 'read')
union all
select 'column', r.name || '.' || quote_ident(a.attname),
       concat_ws(' ', format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' end,
                 case when a.attgenerated <> '' then 'generated' else 'default' end || ' ' || pg_get_expr(d.adbin, d.adrelid),
                 case when a.attstattarget = 0 then 'never sampled' end)
  from relation r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
 where r.relkind in ('r', 'p', 'f') and r.room not in ('pg_catalog', 'read')
union all
select 'index', i.indexrelid::regclass::text, case when i.indisvalid then '' else 'invalid ' end || pg_get_indexdef(i.indexrelid)
  from pg_index i join relation r on r.oid = i.indrelid
 where r.room not in ('pg_catalog', 'read') and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
union all
select 'rule', r.name, w.rulename || ' ' || encode(sha256(convert_to(pg_get_ruledef(w.oid), 'UTF8')), 'hex')
  from pg_rewrite w join relation r on r.oid = w.ev_class where r.room <> 'pg_catalog'
union all
select 'policy', r.name, p.polname || ' ' || p.polcmd::text from pg_policy p join relation r on r.oid = p.polrelid
union all
select 'row security', name, 'on' from relation where relrowsecurity or relforcerowsecurity
union all
select 'extension', extname, n.kind from pg_extension join name n on n.oid = extowner where extname <> 'plpgsql'
union all
-- What else may read along, write along, or stand where a statement looks for the server's own. Provisioning makes none.
select 'publication', pubname, case when puballtables then 'of all tables' else 'of some' end from pg_publication
union all
select 'subscription', subname, n.kind from pg_subscription s join name n on n.oid = s.subowner
 where s.subdbid = (select oid from pg_database where datname = current_database())
union all
select 'replication slot', slot_name, plugin from pg_replication_slots where database = current_database()
union all
select 'foreign data', fdwname, n.kind from pg_foreign_data_wrapper join name n on n.oid = fdwowner
union all
select 'foreign server', srvname, n.kind from pg_foreign_server join name n on n.oid = srvowner
union all
select 'language', lanname, n.kind from pg_language join name n on n.oid = lanowner where pg_language.oid >= 16384
union all
select 'operator', o.oid::regoperator::text, o.oprcode::text from pg_operator o where o.oid >= 16384
union all
select 'cast', castsource::regtype || ' as ' || casttarget::regtype, castfunc::regproc::text from pg_cast c where c.oid >= 16384
union all
select 'type', t.oid::regtype::text, t.typtype::text from pg_type t where t.oid >= 16384 and t.typrelid = 0 and t.typelem = 0
union all
select 'role', o.kind, concat_ws(' ',
       case when rolsuper then 'superuser' end, case when rolcreatedb then 'createdb' end,
       case when rolcreaterole then 'createrole' end, case when rolreplication then 'replication' end,
       case when rolbypassrls then 'bypassrls' end, case when rolcanlogin then 'login' else 'nologin' end,
       case when rolconnlimit >= 0 then 'at most ' || rolconnlimit || ' connections' end)
  from pg_roles join ours o using (oid)
union all
select 'role', n.kind, 'member of ' || g.kind || case when m.admin_option then ' with admin' else '' end
  from pg_auth_members m join name n on n.oid = m.member join name g on g.oid = m.roleid
 where m.member in (select oid from ours) or m.roleid in (select oid from ours)
union all
select 'setting', coalesce(o.kind, 'everybody'), unnest(s.setconfig)
  from pg_db_role_setting s left join ours o on o.oid = s.setrole
  left join pg_database d on d.oid = s.setdatabase
 where (s.setrole = 0 or o.oid is not null) and (s.setdatabase = 0 or d.datname = current_database())
union all
-- Where a server is the system's own, as the name without a namespace says, nobody is let into another database either.
select 'grant database', d.datname, n.kind || ' ' || lower(a.privilege_type)
  from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a join name n on n.oid = a.grantee
 where d.datname in ('postgres', 'template1') and d.datname <> current_database() and a.grantee <> d.datdba
   and current_database() ~ '^paizhu_[a-z]+$'
order by 1, 2, 3
