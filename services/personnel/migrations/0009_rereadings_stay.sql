-- Which event is read again, by whom and since when, is not rewritten: of an open window the application moves the count, and closes it.
revoke update on rereadings.open from {app};
grant update (again, closing) on rereadings.open to {app};
