-- Whose looks they were, and on which day, is not rewritten: of a day's row the application moves the two counts alone.
revoke update on looks.daily from {app};
grant update (looked, others) on looks.daily to {app};
