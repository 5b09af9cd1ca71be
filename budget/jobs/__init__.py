"""Making the files of releases beside the site: a job each, in a process of its own, within limits.

On PostgreSQL procrastinate's worker takes them up, on SQLite a process that is started on commit;
both run the same function (``attempting.attempt``). The job's row is the truth on both: who works
at it holds it for a while and renews that, so a job whose worker died is taken up by the next.
"""
