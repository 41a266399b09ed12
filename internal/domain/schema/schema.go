// Package schema holds the tables of every room as migrations: common for both
// engines, sqlite and postgres for what only one of them needs. Each row that
// people change has an id and a version; kinds of rows in the ledger are table
// names.
package schema

import "embed"

// Migrations are the folders common, sqlite and postgres.
//
//go:embed common all:sqlite all:postgres
var Migrations embed.FS
