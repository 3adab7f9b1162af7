-- What can be dropped and rebuilt at any time: the triggers that keep derived columns, and full text.
-- The derived columns themselves are declared in the migrations (journaled.derived).

-- Names: pinyin for order, initials for search -------------------------------------------------------------------------------------
CREATE TRIGGER derive_resident_insert AFTER INSERT ON resident BEGIN
  UPDATE resident SET
    name_pinyin = yl_pinyin(NEW.name), name_initials = yl_initials(NEW.name), phone_tail = yl_reversed_digits(NEW.phone),
    id_hash = yl_sealed_hash(NEW.id_number, 'resident', NEW.id, 'id_number'),
    (address_key, grid_id) = (SELECT address_key, grid_id FROM household WHERE household.id = NEW.household_id)
  WHERE id = NEW.id;
END;
CREATE TRIGGER derive_resident_name AFTER UPDATE OF name ON resident WHEN NEW.name IS NOT OLD.name BEGIN
  UPDATE resident SET name_pinyin = yl_pinyin(NEW.name), name_initials = yl_initials(NEW.name) WHERE id = NEW.id;
END;
CREATE TRIGGER derive_resident_phone AFTER UPDATE OF phone ON resident WHEN NEW.phone IS NOT OLD.phone BEGIN
  UPDATE resident SET phone_tail = yl_reversed_digits(NEW.phone) WHERE id = NEW.id;
END;
CREATE TRIGGER derive_resident_id_number AFTER UPDATE OF id_number ON resident WHEN NEW.id_number IS NOT OLD.id_number BEGIN
  UPDATE resident SET id_hash = yl_sealed_hash(NEW.id_number, 'resident', NEW.id, 'id_number') WHERE id = NEW.id;
END;
CREATE TRIGGER derive_resident_household AFTER UPDATE OF household_id ON resident WHEN NEW.household_id IS NOT OLD.household_id BEGIN
  UPDATE resident SET (address_key, grid_id) = (SELECT address_key, grid_id FROM household WHERE household.id = NEW.household_id)
  WHERE id = NEW.id;
END;
CREATE TRIGGER derive_account_insert AFTER INSERT ON account BEGIN
  UPDATE account SET name_pinyin = yl_pinyin(NEW.name) WHERE id = NEW.id;
END;
CREATE TRIGGER derive_account_name AFTER UPDATE OF name ON account WHEN NEW.name IS NOT OLD.name BEGIN
  UPDATE account SET name_pinyin = yl_pinyin(NEW.name) WHERE id = NEW.id;
END;
CREATE TRIGGER derive_estate_insert AFTER INSERT ON estate BEGIN
  UPDATE estate SET name_pinyin = yl_pinyin(NEW.name) WHERE id = NEW.id;
END;

-- Places: an address travels down from estate to building to household to resident ---------------------------------------------------
CREATE TRIGGER derive_estate_name AFTER UPDATE OF name ON estate WHEN NEW.name IS NOT OLD.name BEGIN
  UPDATE estate SET name_pinyin = yl_pinyin(NEW.name) WHERE id = NEW.id;
  UPDATE building SET place_text = coalesce(NEW.name, '') || coalesce(name, '') WHERE estate_id = NEW.id;
END;
CREATE TRIGGER derive_building_insert AFTER INSERT ON building BEGIN
  UPDATE building SET
    place_text = coalesce((SELECT name FROM estate WHERE estate.id = NEW.estate_id), '') || coalesce(NEW.name, ''),
    grid_id = (SELECT coalesce(parent_id, id) FROM grid WHERE grid.id = NEW.microgrid_id)
  WHERE id = NEW.id;
END;
CREATE TRIGGER derive_building_place AFTER UPDATE OF estate_id, name, microgrid_id ON building
  WHEN NEW.estate_id IS NOT OLD.estate_id OR NEW.name IS NOT OLD.name OR NEW.microgrid_id IS NOT OLD.microgrid_id BEGIN
  UPDATE building SET
    place_text = coalesce((SELECT name FROM estate WHERE estate.id = NEW.estate_id), '') || coalesce(NEW.name, ''),
    grid_id = (SELECT coalesce(parent_id, id) FROM grid WHERE grid.id = NEW.microgrid_id)
  WHERE id = NEW.id;
END;
CREATE TRIGGER derive_grid_parent AFTER UPDATE OF parent_id ON grid WHEN NEW.parent_id IS NOT OLD.parent_id BEGIN
  UPDATE building SET grid_id = coalesce(NEW.parent_id, NEW.id) WHERE microgrid_id = NEW.id;
END;
CREATE TRIGGER derive_building_derived AFTER UPDATE OF place_text, grid_id, number ON building
  WHEN NEW.place_text IS NOT OLD.place_text OR NEW.grid_id IS NOT OLD.grid_id OR NEW.number IS NOT OLD.number BEGIN
  UPDATE building SET place_pinyin = yl_pinyin(NEW.place_text) WHERE id = NEW.id;
  UPDATE household SET
    address_key = yl_address_key(NEW.number, unit, room),
    address_text = yl_address_text(NEW.place_text, unit, room),
    grid_id = NEW.grid_id
  WHERE building_id = NEW.id;
END;
CREATE TRIGGER derive_household_insert AFTER INSERT ON household BEGIN
  UPDATE household SET (address_key, address_text, grid_id) =
    (SELECT yl_address_key(number, NEW.unit, NEW.room), yl_address_text(place_text, NEW.unit, NEW.room), grid_id
     FROM building WHERE building.id = NEW.building_id)
  WHERE id = NEW.id;
END;
CREATE TRIGGER derive_household_place AFTER UPDATE OF building_id, unit, room ON household
  WHEN NEW.building_id IS NOT OLD.building_id OR NEW.unit IS NOT OLD.unit OR NEW.room IS NOT OLD.room BEGIN
  UPDATE household SET (address_key, address_text, grid_id) =
    (SELECT yl_address_key(number, NEW.unit, NEW.room), yl_address_text(place_text, NEW.unit, NEW.room), grid_id
     FROM building WHERE building.id = NEW.building_id)
  WHERE id = NEW.id;
END;
CREATE TRIGGER derive_household_derived AFTER UPDATE OF address_key, grid_id ON household
  WHEN NEW.address_key IS NOT OLD.address_key OR NEW.grid_id IS NOT OLD.grid_id BEGIN
  UPDATE resident SET address_key = NEW.address_key, grid_id = NEW.grid_id WHERE household_id = NEW.id;
END;

-- Full text of issues: each Han character is a token ----------------------------------------------------------------------------------
CREATE VIRTUAL TABLE issue_text USING fts5 (number, title, body, place_note, content = 'issue', content_rowid = 'id', tokenize = 'han');
CREATE TRIGGER text_issue_insert AFTER INSERT ON issue BEGIN
  INSERT INTO issue_text (rowid, number, title, body, place_note) VALUES (NEW.id, NEW.number, NEW.title, NEW.body, NEW.place_note);
END;
CREATE TRIGGER text_issue_update AFTER UPDATE OF number, title, body, place_note ON issue BEGIN
  INSERT INTO issue_text (issue_text, rowid, number, title, body, place_note)
    VALUES ('delete', OLD.id, OLD.number, OLD.title, OLD.body, OLD.place_note);
  INSERT INTO issue_text (rowid, number, title, body, place_note) VALUES (NEW.id, NEW.number, NEW.title, NEW.body, NEW.place_note);
END;
CREATE TRIGGER text_issue_delete AFTER DELETE ON issue BEGIN
  INSERT INTO issue_text (issue_text, rowid, number, title, body, place_note)
    VALUES ('delete', OLD.id, OLD.number, OLD.title, OLD.body, OLD.place_note);
END;
