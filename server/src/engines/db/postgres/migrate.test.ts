import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrate } from './migrate.ts'

let dir: string
let store: TestDb

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tintype-migrations-'))
  await mkdir(join(dir, 'modules'))
  store = await openTestDb({ empty: true })
})
afterEach(async () => {
  await store[Symbol.asyncDispose]()
  await rm(dir, { recursive: true })
})

const file = (name: string, text: string) => writeFile(join(dir, name), text)
const run = () => migrate(store.url, { folders: { dir, modules: join(dir, 'modules') } })
const names = async () =>
  (await sql<{ name: string }>`select name from people order by name`.execute(store.db.query)).rows.map(
    ({ name }) => name,
  )

test('applies what is new, in order, once', async () => {
  await file('0002_ana.sql', `insert into people values ('ana'); insert into people values ('ben')`)
  await file('0001_people.sql', 'create table people (name text primary key)')
  expect(await run()).toEqual(['0001_people.sql', '0002_ana.sql'])
  expect(await run()).toEqual([])
  await file('0003_cleo.sql', `insert into people values ('cleo')`)
  expect(await run()).toEqual(['0003_cleo.sql'])
  expect(await names()).toEqual(['ana', 'ben', 'cleo'])
})

test('takes a file that fails back as a whole, and says which and why', async () => {
  await file('0001_people.sql', 'create table people (name text primary key)')
  await file('0002_twice.sql', `insert into people values ('ana'); insert into people values ('ana')`)
  await expect(run()).rejects.toThrow(
    /^The migration 0002_twice.sql failed and was taken back: duplicate key/,
  )
  expect(await names()).toEqual([])
  await file('0002_twice.sql', `insert into people values ('ana')`)
  expect(await run()).toEqual(['0002_twice.sql'])
})

test('refuses a file that was changed after it had been applied', async () => {
  await file('0001_people.sql', 'create table people (name text)')
  await run()
  await file('0001_people.sql', 'create table people (name text)\r\n')
  await expect(run()).rejects.toThrow(/0001_people.sql was changed after it had been applied/)
})

test('refuses a database that is ahead of the code', async () => {
  await file('0001_people.sql', 'create table people (name text)')
  await file('0002_more.sql', 'create table more (name text)')
  await run()
  await rm(join(dir, '0002_more.sql'))
  await expect(run()).rejects.toThrow(/has the migration 0002_more.sql, which this Tintype does not know/)
})

test('refuses a file that comes too late, and files with one number', async () => {
  await file('0002_people.sql', 'create table people (name text)')
  await run()
  await file('0001_late.sql', 'create table late (name text)')
  await expect(run()).rejects.toThrow(/0001_late.sql comes before 0002_people.sql/)
  await file('0002_other.sql', 'select 1')
  await expect(run()).rejects.toThrow('There are two migrations with the number 0002.')
})

test('modules have files of their own, in an order of their own, after what all stand on', async () => {
  const add = async (module: string, name: string, text: string) => {
    await mkdir(join(dir, 'modules', module, 'migrations'), { recursive: true })
    await writeFile(join(dir, 'modules', module, 'migrations', name), text)
  }
  await file('0001_people.sql', 'create table people (name text primary key)')
  await add('notes', '0001_ana.sql', `insert into people values ('ana')`)
  await mkdir(join(dir, 'modules/bare'))
  expect(await run()).toEqual(['0001_people.sql', 'notes/0001_ana.sql'])
  // Two branches, each with its next number, and one more of the old series.
  await add('albums', '0001_ben.sql', `insert into people values ('ben')`)
  await add('notes', '0002_cleo.sql', `insert into people values ('cleo')`)
  await file('0002_dan.sql', `insert into people values ('dan')`)
  expect(await run()).toEqual(['0002_dan.sql', 'albums/0001_ben.sql', 'notes/0002_cleo.sql'])
  expect(await names()).toEqual(['ana', 'ben', 'cleo', 'dan'])
  await add('albums', '0000_late.sql', 'select 1')
  await expect(run()).rejects.toThrow(/albums\/0000_late.sql comes before albums\/0001_ben.sql/)
})

test('two processes that start at once apply each file once', async () => {
  await file('0001_people.sql', 'select pg_sleep(0.2); create table people (name text primary key)')
  await file('0002_ana.sql', `insert into people values ('ana')`)
  const script = `
    const { migrate } = await import(${JSON.stringify(join(import.meta.dirname, 'migrate.ts'))})
    console.log(JSON.stringify(await migrate(process.argv[1], { folders: { dir: process.argv[2], modules: process.argv[2] + '/modules' } })))`
  const start = () =>
    promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, '--', store.url, dir])
  const said = await Promise.all([start(), start()])
  expect(said.map(({ stdout }) => stdout.trim()).sort()).toEqual(['["0001_people.sql","0002_ana.sql"]', '[]'])
  expect(await names()).toEqual(['ana'])
})
