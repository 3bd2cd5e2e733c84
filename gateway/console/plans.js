"use strict";
// Starts jobs, follows them, shows plans. Everything that comes from a service is put in as text, never as markup.
(() => {
  const $ = (id) => document.getElementById(id);
  const API = "/api/v1/allocation/";
  const PARTS = { nearness: "就近", need_match: "需求匹配", first_batch: "首批分布", level_emphasis: "侧重省直" };
  const STATES = { queued: "排队中", working: "办理中", done: "已办结", refused: "被拒绝", failed: "失败" };
  const STAGES = { input: "准备", optimum: "求解", duals: "对偶", ties: "定唯一方案", prices: "次优价格", repair: "少变动调整", replay: "重放日志", record: "记录" };
  const RULES = { kind_differs: "类别不同", foreign_tier: "层级不同", foreign_area: "不在本市县", unit_bound: "由结对单位补派", locked_elsewhere: "已锁定" };
  const KINDS = { village: "村", township: "乡镇" };
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem("token", given);
    history.replaceState(null, "", location.pathname);
  }
  let chosen = null;
  let compared = "";
  let cursor = null;
  const names = new Map();

  const signIn = (sentence) => {
    sessionStorage.removeItem("token");
    $("body").hidden = true;
    $("refusal").textContent = sentence;
    $("sign-in").hidden = false;
    $("token").focus();
  };
  const call = async (path, options = {}) => {
    const headers = { Authorization: "Bearer " + sessionStorage.getItem("token"), ...(options.headers || {}) };
    const answer = await fetch(path, { cache: "no-store", ...options, headers });
    const content = await answer.json();
    if (answer.status === 401) signIn(content.detail);
    if (!answer.ok) throw Object.assign(new Error(content.detail), { problem: content });
    return content;
  };
  const query = (name, params) =>
    call(API + name + "?" + new URLSearchParams(Object.entries(params).filter(([, value]) => value)));
  const row = (cells, tag = "td") => {
    const line = document.createElement("tr");
    for (const cell of cells) {
      const box = document.createElement(tag);
      const number = typeof cell === "number";
      box.textContent = number ? cell.toLocaleString("zh-CN") : cell ?? "";
      if (number) box.className = "n";
      else if (/^[0-9a-f]{8}-[0-9a-f-]{27}/.test(cell)) Object.assign(box, { className: "id", title: cell });
      line.append(box);
    }
    return line;
  };
  const fill = (id, titles, lines) => {
    const [head, body] = [$(id).tHead, $(id).tBodies[0]];
    head.replaceChildren(row(titles, "th"));
    (lines[0] || []).forEach((cell, at) => typeof cell === "number" && head.rows[0].cells[at].classList.add("n"));
    body.replaceChildren(...(lines.length ? lines.map((cells) => row(cells)) : [row(["无"])]));
    if (!lines.length) Object.assign(body.rows[0].cells[0], { colSpan: titles.length, className: "quiet" });
    return body;
  };
  // City and county by name before the code, from the register of areas; a code that is not registered stands alone.
  const learn = async (codes) => {
    const parents = new Set(codes.filter(Boolean).flatMap((code) => [code.slice(0, 2), code.slice(0, 4)]));
    await Promise.all([...parents].filter((parent) => !names.has(parent + "*")).map(async (parent) => {
      names.set(parent + "*", "");
      for (const area of (await query("areas", { parent, limit: "1000" })).items) names.set(area.code, area.name);
    }));
  };
  const place = (code, own = "") =>
    code ? [names.get(code.slice(0, 4)), names.get(code.slice(0, 6)), own, code].filter(Boolean).join(" ") : "";

  const listPlans = async () => {
    const { items } = await query("plans", { limit: "200" });
    items.sort((one, other) => other.recorded - one.recorded);
    const titles = ["分配方案", "日期", "人选", "未分配", "空缺", "总成本", "就近等级合计", "最优性缺口", "改派", "种子", "输入摘要"];
    const body = fill("plans", titles, items.map((p) => [
      p.plan, p.planned_on, p.cadres, p.unplaced, p.vacant, p.total, p.head.measures.nearness,
      p.head.certificate.gap, p.moves, p.seed, p.input.slice(0, 12),
    ]));
    [...body.rows].forEach((line, at) => items[at] && line.addEventListener("click", () => showPlan(items[at], line)));
    return items;
  };
  const showPlan = async (plan, line) => {
    chosen = plan;
    cursor = null;
    for (const other of $("plans").tBodies[0].rows) other.classList.toggle("chosen", other === line);
    const { certificate: proof, measures, weights } = plan.head;
    $("plan-name").textContent = plan.plan;
    $("plan-proof").textContent =
      `依据日志第 ${plan.position} 号及以前的事件；输入摘要 ${plan.input}；种子 ${plan.seed}；最优性缺口 ${proof.gap}，` +
      `最小检验数 ${proof.least_reduced_cost}；${plan.head.unique ? "同成本的方案中由种子唯一确定" : "同成本的方案未能唯一确定"}`;
    fill("parts", ["成本组成", "等级或点数合计", "每级（点）成本", "成本"],
      Object.entries(PARTS).map(([name, title]) => [title, measures[name], weights[name], measures[name] * weights[name]]));
    $("plan").hidden = false;
    const left = await query("plan_left", { plan: plan.plan, limit: "1000" });
    await learn(left.items.map((l) => l.target));
    fill("left", ["人选", "单位", "空缺派驻点", "类别", "原因"], left.items.map((l) => [
      l.person, l.unit, place(l.target), KINDS[l.kind] || l.kind, RULES[l.rule] || l.rule || (l.person ? "派驻点不足" : "人选不足"),
    ]));
    await showRows(true);
  };
  const showRows = async (fresh) => {
    const params = { plan: chosen.plan, unit: $("unit").value.trim(), limit: "200", cursor: fresh ? "" : cursor };
    const found = await query("plan_rows", params);
    cursor = found.next;
    $("more").hidden = !cursor;
    await learn(found.items.flatMap((r) => [r.target, r.next_target]));
    const lines = found.items.map((r) => [
      r.person, r.unit, place(r.target, r.target_name), r.nearness, r.need_match, r.first_batch, r.level_emphasis,
      r.reason || (r.locked ? "已锁定" : ""), r.waived.map((rule) => RULES[rule] || rule).join("、"),
      place(r.next_target, r.next_name), r.priced ? r.price : "", r.displaces.join("、"),
    ]);
    const titles = ["人选", "单位", "派驻点", "就近", "需求", "首批", "侧重", "为何不更近", "豁免", "次优派驻点", "次优加价", "须改派的人选"];
    if (fresh) fill("rows", titles, lines);
    else $("rows").tBodies[0].append(...lines.map((cells) => row(cells)));
  };

  const showJob = (job) => {
    $("job").hidden = false;
    const stage = job.state === "working" && job.stage ? `：${STAGES[job.stage] || job.stage} ${job.done}/${job.of}` : "";
    $("job-state").textContent = `${STATES[job.state] || job.state}${stage}`;
    const open = job.state === "queued" || job.state === "working";
    $("job-bar").hidden = !open;
    if (job.of) $("job-bar").value = job.done / job.of;
    else $("job-bar").removeAttribute("value");
    const list = document.createElement("ul");
    const say = (text) => list.append(Object.assign(document.createElement("li"), { textContent: text }));
    if (job.problem) {
      say(`${job.problem.detail}（${job.problem.code}${job.problem.clause ? "，" + job.problem.clause : ""}）`);
      if (job.problem.accepted) say(`可接受：${job.problem.accepted}`);
      for (const one of job.problem.errors || []) say([one.code, one.detail, one.accepted].filter(Boolean).join("　"));
    }
    if (job.result && job.kind === "derivation") {
      const { plan, equal, events, derived, differs } = job.result;
      say(equal ? `${plan} 按日志重算，逐字节一致（${events} 个事件，摘要 ${derived.slice(0, 12)}）` : `${plan} 重算不一致：${differs.join("、")}`);
    } else if (job.result) {
      const r = job.result;
      const total = r.total.toLocaleString("zh-CN");
      say(
        `${r.plan || "试算（未记录）"}：${r.rows} 人有派驻点，${r.left} 人未分配，空缺 ${r.vacant} 个；` +
          `总成本 ${total}，最优性缺口 ${r.gap}`,
      );
      if (!r.rows && !r.left) say("没有等待分配的人选：初审合格、尚未提出分配的人选才进入方案。");
      if (r.moves && compared) say(`与 ${compared} 相比，${r.moved} 人去处不同${r.moves.length < r.moved ? `，列前 ${r.moves.length} 人` : ""}`);
      if (compared) for (const move of r.moves || []) say(`${move.person}：${place(move.from) || "未分配"} → ${place(move.to)}`);
    }
    $("job-result").replaceChildren(list);
    return open;
  };
  const follow = async (job) => {
    while (showJob(job)) {
      await new Promise((done) => setTimeout(done, 700));
      job = await call(API + "jobs/" + job.id);
    }
    if (job.result?.moves) {
      await learn(job.result.moves.flatMap((move) => [move.from, move.to]));
      showJob(job);
    }
    if (job.state === "done" && job.kind === "placement_plan") {
      const items = await listPlans();
      const at = items.findIndex((plan) => plan.plan === job.result.plan);
      if (at >= 0) await showPlan(items[at], $("plans").tBodies[0].rows[at]);
    }
  };
  const ask = async (kind, occurred_on, data) => {
    const body = JSON.stringify({ kind, occurred_on, data });
    const headers = { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() };
    await follow(await call(API + "jobs", { method: "POST", headers, body }));
  };
  const start = async (kind) => {
    const form = new FormData($("start"));
    const data = { programme: form.get("programme"), tier: form.get("tier"), seed: Number(form.get("seed")), partial: form.has("partial") };
    if (form.get("area")) data.area = form.get("area");
    const same = chosen && ["programme", "tier", "area"].every((name) => chosen[name] === (data[name] || ""));
    compared = kind === "what_if" && same ? chosen.plan : "";
    if (compared) data.plan = compared;
    await ask(kind, form.get("occurred_on"), data);
  };
  const busy = async (work) => {
    const buttons = [...document.querySelectorAll("#start button")];
    for (const button of buttons) button.disabled = true;
    try {
      await work();
    } catch (error) {
      $("job").hidden = false;
      $("job-bar").hidden = true;
      const { accepted } = error.problem || {};
      $("job-state").textContent = error.message + (accepted ? `　可接受：${accepted}` : "");
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  };
  const open = () => {
    if (!sessionStorage.getItem("token")) return signIn("");
    $("sign-in").hidden = true;
    $("body").hidden = false;
    return busy(async () => {
      const plans = await listPlans();
      const { items } = await query("coverage", { limit: "1" });
      const first = plans[0] || items[0];
      if (first && !$("start").programme.value) $("start").programme.value = first.programme;
      if (plans.length) await showPlan(plans[0], $("plans").tBodies[0].rows[0]);
    });
  };

  $("sign-in").addEventListener("submit", (event) => {
    event.preventDefault();
    sessionStorage.setItem("token", $("token").value.trim());
    $("token").value = "";
    open();
  });
  $("start").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(() => start(event.submitter.value));
  });
  $("derive").addEventListener("click", () => busy(() => ask("derivation", chosen.planned_on, { plan: chosen.plan })));
  $("unit").addEventListener("change", () => chosen && busy(() => showRows(true)));
  $("more").addEventListener("click", () => busy(() => showRows(false)));
  $("start").occurred_on.value = new Date().toLocaleDateString("sv-SE");
  open();
})();
