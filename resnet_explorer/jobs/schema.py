"""The tables of the database: runs, unfinished ones and the processes that have them, rooms, and who pressed Run."""

SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS runs (key TEXT PRIMARY KEY, state TEXT NOT NULL, config TEXT NOT NULL, body BLOB NOT NULL,
    bytes INTEGER NOT NULL, ended REAL NOT NULL, used INTEGER NOT NULL, kept INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS unfinished (key TEXT NOT NULL, attempt TEXT PRIMARY KEY, config TEXT NOT NULL,
    owner TEXT NOT NULL, began REAL NOT NULL);
CREATE TABLE IF NOT EXISTS owners (name TEXT PRIMARY KEY, host TEXT NOT NULL, pid INTEGER NOT NULL, born REAL NOT NULL,
    beat REAL NOT NULL);
CREATE TABLE IF NOT EXISTS rooms (code TEXT PRIMARY KEY, config TEXT NOT NULL, varies TEXT NOT NULL,
    opener TEXT NOT NULL, expires REAL NOT NULL, version INTEGER NOT NULL DEFAULT 0,
    revealed INTEGER NOT NULL DEFAULT 0, view TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS seats (code TEXT NOT NULL, visitor TEXT NOT NULL, seat INTEGER NOT NULL,
    guess INTEGER NOT NULL DEFAULT -1, ran INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (code, visitor), UNIQUE (code, seat));
CREATE TABLE IF NOT EXISTS pressed (run TEXT NOT NULL, visitor TEXT NOT NULL, page TEXT NOT NULL, texts TEXT NOT NULL,
    keys TEXT NOT NULL, title TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (run, visitor));
CREATE TRIGGER IF NOT EXISTS room_closed AFTER DELETE ON rooms BEGIN DELETE FROM seats WHERE code = OLD.code; END;
"""
