-- JSON, in the order of `people`: the source, place and device of the sessions in which each was active. Somebody with
-- several of them is listed several times. Null in rows of earlier releases, and where they take too much space.
alter table running add column ids text;
alter table day_people add column ids text;
