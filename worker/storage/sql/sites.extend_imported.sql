-- Imported days are never deleted but with their site.
update sites set
  imported_from = min(coalesce(imported_from, cast(?2 as integer)), cast(?2 as integer)),
  imported_to = max(coalesce(imported_to, cast(?3 as integer)), cast(?3 as integer)),
  imported_source = case
    when ', ' || imported_source || ', ' like '%, ' || ?4 || ', %' then imported_source
    when imported_source = '' or ?4 = '' then imported_source || ?4
    else imported_source || ', ' || ?4
  end
where id = ?1
