-- Imported days are deleted only with their site. The list of tools stops growing at 200 characters.
update sites set
  imported_from = min(coalesce(imported_from, cast(?2 as integer)), cast(?2 as integer)),
  imported_to = max(coalesce(imported_to, cast(?3 as integer)), cast(?3 as integer)),
  imported_source = case
    when ', ' || imported_source || ', ' like '%, ' || ?4 || ', %' then imported_source
    when imported_source = '' or ?4 = '' then imported_source || ?4
    when length(imported_source) + 2 + length(?4) > 200 then imported_source
    else imported_source || ', ' || ?4
  end
where id = ?1
