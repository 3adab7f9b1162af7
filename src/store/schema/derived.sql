-- What can be dropped and rebuilt at any time: the columns that are computed from others, and full text.
--
-- view    derived_TABLE   how each derived column of a table (journaled.derived) is computed: the one place that says so
-- trigger derive_…        keeps the columns up to date, also where a merge brings the child before its parent
-- fts5    TABLE_text      full text, kept by triggers text_…
-- `youlin check` compares the columns with the views.

CREATE VIEW derived_estate AS
  SELECT id, yl_pinyin(name) AS name_pinyin FROM estate;

CREATE VIEW derived_building AS
  SELECT building.id AS id,
    coalesce(estate.name, '') || coalesce(building.name, '') AS place_text,
    yl_pinyin(coalesce(estate.name, '') || coalesce(building.name, '')) AS place_pinyin,
    coalesce(grid.parent_id, grid.id) AS grid_id
  FROM building
  LEFT JOIN estate ON estate.id = building.estate_id
  LEFT JOIN grid ON grid.id = building.microgrid_id;

CREATE VIEW derived_household AS
  SELECT household.id AS id,
    yl_address_key(building.number, household.unit, household.room) AS address_key,
    yl_address_text(building.place_text, household.unit, household.room) AS address_text,
    building.grid_id AS grid_id
  FROM household
  LEFT JOIN building ON building.id = household.building_id;

CREATE VIEW derived_resident AS
  SELECT resident.id AS id,
    yl_pinyin(resident.name) AS name_pinyin,
    yl_initials(resident.name) AS name_initials,
    yl_reversed_digits(resident.phone) AS phone_tail,
    yl_sealed_hash(resident.id_number, 'resident', resident.id, 'id_number') AS id_hash,
    household.address_key AS address_key,
    household.grid_id AS grid_id
  FROM resident
  LEFT JOIN household ON household.id = resident.household_id;

CREATE VIEW derived_account AS
  SELECT id, yl_pinyin(name) AS name_pinyin FROM account;

CREATE VIEW derived_volunteer AS
  SELECT id, yl_pinyin(name) AS name_pinyin, yl_initials(name) AS name_initials, yl_reversed_digits(phone) AS phone_tail,
    yl_sealed_hash(id_number, 'volunteer', id, 'id_number') AS id_hash FROM volunteer;

CREATE VIEW derived_dish AS
  SELECT id, yl_pinyin(name) AS name_pinyin, yl_initials(name) AS name_initials FROM dish;

CREATE VIEW derived_agenda_item AS
  SELECT id, (SELECT count(*) FROM agenda_issue JOIN support ON support.issue_id = agenda_issue.issue_id
              WHERE agenda_issue.agenda_item_id = agenda_item.id AND agenda_issue.deleted_at IS NULL AND support.deleted_at IS NULL) AS supporters
  FROM agenda_item;

-- Names -----------------------------------------------------------------------------------------------------------------------------
CREATE TRIGGER derive_resident_insert AFTER INSERT ON resident BEGIN
  UPDATE resident SET (name_pinyin, name_initials, phone_tail, id_hash, address_key, grid_id) =
    (SELECT name_pinyin, name_initials, phone_tail, id_hash, address_key, grid_id FROM derived_resident AS d WHERE d.id = NEW.id)
  WHERE id = NEW.id;
END;
CREATE TRIGGER derive_resident_name AFTER UPDATE OF name ON resident WHEN NEW.name IS NOT OLD.name BEGIN
  UPDATE resident SET (name_pinyin, name_initials) =
    (SELECT name_pinyin, name_initials FROM derived_resident AS d WHERE d.id = NEW.id)
  WHERE id = NEW.id;
END;
CREATE TRIGGER derive_resident_phone AFTER UPDATE OF phone ON resident WHEN NEW.phone IS NOT OLD.phone BEGIN
  UPDATE resident SET phone_tail = (SELECT phone_tail FROM derived_resident AS d WHERE d.id = NEW.id) WHERE id = NEW.id;
END;
CREATE TRIGGER derive_resident_id_number AFTER UPDATE OF id_number ON resident WHEN NEW.id_number IS NOT OLD.id_number BEGIN
  UPDATE resident SET id_hash = (SELECT id_hash FROM derived_resident AS d WHERE d.id = NEW.id) WHERE id = NEW.id;
END;
CREATE TRIGGER derive_resident_household AFTER UPDATE OF household_id ON resident WHEN NEW.household_id IS NOT OLD.household_id BEGIN
  UPDATE resident SET (address_key, grid_id) = (SELECT address_key, grid_id FROM derived_resident AS d WHERE d.id = NEW.id)
  WHERE id = NEW.id;
END;
CREATE TRIGGER derive_volunteer_insert AFTER INSERT ON volunteer BEGIN
  UPDATE volunteer SET (name_pinyin, name_initials, phone_tail, id_hash) =
    (SELECT name_pinyin, name_initials, phone_tail, id_hash FROM derived_volunteer AS d WHERE d.id = NEW.id)
  WHERE id = NEW.id;
END;
CREATE TRIGGER derive_volunteer_id_number AFTER UPDATE OF id_number ON volunteer WHEN NEW.id_number IS NOT OLD.id_number BEGIN
  UPDATE volunteer SET id_hash = (SELECT id_hash FROM derived_volunteer AS d WHERE d.id = NEW.id) WHERE id = NEW.id;
END;
CREATE TRIGGER derive_volunteer_name AFTER UPDATE OF name, phone ON volunteer WHEN NEW.name IS NOT OLD.name OR NEW.phone IS NOT OLD.phone BEGIN
  UPDATE volunteer SET (name_pinyin, name_initials, phone_tail) = (SELECT name_pinyin, name_initials, phone_tail FROM derived_volunteer AS d WHERE d.id = NEW.id)
  WHERE id = NEW.id;
END;
CREATE TRIGGER derive_dish_insert AFTER INSERT ON dish BEGIN
  UPDATE dish SET (name_pinyin, name_initials) = (SELECT name_pinyin, name_initials FROM derived_dish AS d WHERE d.id = NEW.id) WHERE id = NEW.id;
END;
CREATE TRIGGER derive_dish_name AFTER UPDATE OF name ON dish WHEN NEW.name IS NOT OLD.name BEGIN
  UPDATE dish SET (name_pinyin, name_initials) = (SELECT name_pinyin, name_initials FROM derived_dish AS d WHERE d.id = NEW.id) WHERE id = NEW.id;
END;
CREATE TRIGGER derive_account_insert AFTER INSERT ON account BEGIN
  UPDATE account SET name_pinyin = (SELECT name_pinyin FROM derived_account AS d WHERE d.id = NEW.id) WHERE id = NEW.id;
END;
CREATE TRIGGER derive_account_name AFTER UPDATE OF name ON account WHEN NEW.name IS NOT OLD.name BEGIN
  UPDATE account SET name_pinyin = (SELECT name_pinyin FROM derived_account AS d WHERE d.id = NEW.id) WHERE id = NEW.id;
END;

-- Places: an address travels down from estate to building to household to resident, a grid likewise ------------------------------------
CREATE TRIGGER derive_estate_insert AFTER INSERT ON estate BEGIN
  UPDATE estate SET name_pinyin = (SELECT name_pinyin FROM derived_estate AS d WHERE d.id = NEW.id) WHERE id = NEW.id;
  UPDATE building SET (place_text, place_pinyin) =
    (SELECT place_text, place_pinyin FROM derived_building AS d WHERE d.id = building.id)
  WHERE estate_id = NEW.id;
END;
CREATE TRIGGER derive_estate_name AFTER UPDATE OF name ON estate WHEN NEW.name IS NOT OLD.name BEGIN
  UPDATE estate SET name_pinyin = (SELECT name_pinyin FROM derived_estate AS d WHERE d.id = NEW.id) WHERE id = NEW.id;
  UPDATE building SET (place_text, place_pinyin) =
    (SELECT place_text, place_pinyin FROM derived_building AS d WHERE d.id = building.id)
  WHERE estate_id = NEW.id;
END;
CREATE TRIGGER derive_grid_insert AFTER INSERT ON grid BEGIN
  UPDATE building SET grid_id = coalesce(NEW.parent_id, NEW.id) WHERE microgrid_id = NEW.id;
END;
CREATE TRIGGER derive_grid_parent AFTER UPDATE OF parent_id ON grid WHEN NEW.parent_id IS NOT OLD.parent_id BEGIN
  UPDATE building SET grid_id = coalesce(NEW.parent_id, NEW.id) WHERE microgrid_id = NEW.id;
END;
CREATE TRIGGER derive_building_insert AFTER INSERT ON building BEGIN
  UPDATE building SET (place_text, place_pinyin, grid_id) =
    (SELECT place_text, place_pinyin, grid_id FROM derived_building AS d WHERE d.id = NEW.id)
  WHERE id = NEW.id;
END;
CREATE TRIGGER derive_building_place AFTER UPDATE OF estate_id, name, microgrid_id ON building
  WHEN NEW.estate_id IS NOT OLD.estate_id OR NEW.name IS NOT OLD.name OR NEW.microgrid_id IS NOT OLD.microgrid_id BEGIN
  UPDATE building SET (place_text, place_pinyin, grid_id) =
    (SELECT place_text, place_pinyin, grid_id FROM derived_building AS d WHERE d.id = NEW.id)
  WHERE id = NEW.id;
END;
CREATE TRIGGER derive_building_derived AFTER UPDATE OF place_text, grid_id, number ON building
  WHEN NEW.place_text IS NOT OLD.place_text OR NEW.grid_id IS NOT OLD.grid_id OR NEW.number IS NOT OLD.number BEGIN
  UPDATE household SET (address_key, address_text, grid_id) =
    (SELECT address_key, address_text, grid_id FROM derived_household AS d WHERE d.id = household.id)
  WHERE building_id = NEW.id;
END;
CREATE TRIGGER derive_household_insert AFTER INSERT ON household BEGIN
  UPDATE household SET (address_key, address_text, grid_id) =
    (SELECT address_key, address_text, grid_id FROM derived_household AS d WHERE d.id = NEW.id)
  WHERE id = NEW.id;
END;
CREATE TRIGGER derive_household_place AFTER UPDATE OF building_id, unit, room ON household
  WHEN NEW.building_id IS NOT OLD.building_id OR NEW.unit IS NOT OLD.unit OR NEW.room IS NOT OLD.room BEGIN
  UPDATE household SET (address_key, address_text, grid_id) =
    (SELECT address_key, address_text, grid_id FROM derived_household AS d WHERE d.id = NEW.id)
  WHERE id = NEW.id;
END;
CREATE TRIGGER derive_household_derived AFTER UPDATE OF address_key, grid_id ON household
  WHEN NEW.address_key IS NOT OLD.address_key OR NEW.grid_id IS NOT OLD.grid_id BEGIN
  UPDATE resident SET address_key = NEW.address_key, grid_id = NEW.grid_id WHERE household_id = NEW.id;
END;

-- Full text of issues: each Han character is a token ----------------------------------------------------------------------------------
-- The index is written by functions: with trusted_schema=OFF a trigger may not write a virtual table itself.
CREATE VIRTUAL TABLE issue_text USING fts5 (number, title, body, place_note, content = 'issue', content_rowid = 'id', tokenize = 'han');
CREATE TRIGGER text_issue_insert AFTER INSERT ON issue BEGIN
  SELECT yl_text_add('issue_text', NEW.id, 'number', NEW.number, 'title', NEW.title, 'body', NEW.body, 'place_note', NEW.place_note);
END;
CREATE TRIGGER text_issue_update AFTER UPDATE OF number, title, body, place_note ON issue
  WHEN NEW.number IS NOT OLD.number OR NEW.title IS NOT OLD.title OR NEW.body IS NOT OLD.body OR NEW.place_note IS NOT OLD.place_note BEGIN
  SELECT yl_text_drop('issue_text', OLD.id, 'number', OLD.number, 'title', OLD.title, 'body', OLD.body, 'place_note', OLD.place_note);
  SELECT yl_text_add('issue_text', NEW.id, 'number', NEW.number, 'title', NEW.title, 'body', NEW.body, 'place_note', NEW.place_note);
END;
CREATE TRIGGER text_issue_delete AFTER DELETE ON issue BEGIN
  SELECT yl_text_drop('issue_text', OLD.id, 'number', OLD.number, 'title', OLD.title, 'body', OLD.body, 'place_note', OLD.place_note);
END;

-- 附议 of a 议题: those of its issues ------------------------------------------------------------------------------------------------
-- An item that arrives after its links (they come in any order from another machine) counts them then.
CREATE TRIGGER derive_agenda_item_insert AFTER INSERT ON agenda_item BEGIN
  UPDATE agenda_item SET supporters = (SELECT supporters FROM derived_agenda_item AS d WHERE d.id = NEW.id) WHERE id = NEW.id;
END;
CREATE TRIGGER derive_agenda_issue_insert AFTER INSERT ON agenda_issue BEGIN
  UPDATE agenda_item SET supporters = (SELECT supporters FROM derived_agenda_item AS d WHERE d.id = NEW.agenda_item_id) WHERE id = NEW.agenda_item_id;
END;
CREATE TRIGGER derive_agenda_issue_update AFTER UPDATE ON agenda_issue BEGIN
  UPDATE agenda_item SET supporters = (SELECT supporters FROM derived_agenda_item AS d WHERE d.id = agenda_item.id)
  WHERE id IN (OLD.agenda_item_id, NEW.agenda_item_id);
END;
CREATE TRIGGER derive_support_insert AFTER INSERT ON support BEGIN
  UPDATE agenda_item SET supporters = (SELECT supporters FROM derived_agenda_item AS d WHERE d.id = agenda_item.id)
  WHERE id IN (SELECT agenda_item_id FROM agenda_issue WHERE issue_id = NEW.issue_id);
END;
CREATE TRIGGER derive_support_update AFTER UPDATE ON support BEGIN
  UPDATE agenda_item SET supporters = (SELECT supporters FROM derived_agenda_item AS d WHERE d.id = agenda_item.id)
  WHERE id IN (SELECT agenda_item_id FROM agenda_issue WHERE issue_id IN (OLD.issue_id, NEW.issue_id));
END;
