import type { EventEmitter } from 'node:events'
import { type Connection, DatabaseError, Query } from 'pg'
import { ConnectionLost, isFarewell } from './errors.ts'
import { type Format, formatOf, oidOf, type Parse, parserOf } from './types.ts'

export interface Rows {
  rows: unknown[]
  /** Of rows written or read. */
  count: number
  /** What PostgreSQL says it did: `SELECT`, `COMMIT`, `ROLLBACK`, … */
  command: string
}

/** A text that is prepared under its name, once per connection. */
export interface Statement {
  readonly name: string
  readonly text: string
  /** Of the parameters, as far as their values tell. */
  readonly oids: readonly number[]
  /** How each parameter is written, known once PostgreSQL has named its types: a string is one thing as text and another as jsonb. */
  formats: readonly Format[] | undefined
}

/** The statements of one database, by text and by what their parameters tell of their types. */
export class Statements {
  readonly #known = new Map<string, Statement>()

  of(text: string, parameters: readonly unknown[]): Statement {
    let key = text
    for (let i = 0; i < parameters.length; i++) {
      const oid = oidOf(parameters[i])
      if (oid !== 0) key += `\0${i} ${oid}`
    }
    return this.#known.get(key) ?? this.#add(key, text, parameters)
  }

  #add(key: string, text: string, parameters: readonly unknown[]): Statement {
    const statement: Statement = {
      name: `s${this.#known.size}`,
      text,
      oids: parameters.map(oidOf),
      formats: parameters.length === 0 ? [] : undefined,
    }
    this.#known.set(key, statement)
    return statement
  }
}

/** What is prepared on a connection, and the columns of its rows: they are described once, not with every reply. */
export type Prepared = Map<Statement, Columns>

interface Columns {
  names: string[]
  parsers: Parse[]
  areKnown: boolean
}

/** node-postgres's types leave out what it calls on a query and what it keeps on a connection. */
const QueryBase = Query as unknown as new (text: string) => EventEmitter
type Wire = Connection & {
  parsedStatements: Record<string, string>
  submittedNamedStatements: Record<string, string>
}
type Settle = (error: unknown) => void

const isPrepared = ({ parsedStatements, submittedNamedStatements }: Wire, name: string): boolean =>
  parsedStatements[name] !== undefined || submittedNamedStatements[name] !== undefined

const parse = (wire: Wire, name: string, { text, oids }: Statement): void =>
  wire.parse({ name, text, types: oids as unknown as string[] }, true)

const uncork = (stream: Connection['stream']) => stream.uncork()

/**
 * A query of node-postgres that settles once: when PostgreSQL is ready for the next, as what it did is committed by then, or with an
 * error. Those of one turn of the event loop go out in one packet.
 */
abstract class Settling extends QueryBase {
  readonly name: string
  readonly #settle: Settle
  protected failure: unknown

  constructor(text: string, name: string, settle: Settle) {
    super(text)
    this.name = name
    this.#settle = settle
  }

  submit(connection: Connection): null {
    const wire = connection as Wire
    wire.stream.cork()
    process.nextTick(uncork, wire.stream)
    this.write(wire)
    wire.sync()
    return null
  }

  abstract write(wire: Wire): void

  handleError(error: unknown): void {
    const isAnswer = error instanceof DatabaseError && !isFarewell(error)
    this.#settle(isAnswer ? error : new ConnectionLost(error))
  }
  handleReadyForQuery(): void {
    this.#settle(this.failure)
  }
  handleRowDescription(_message: unknown): void {}
  handleCommandComplete(_message: unknown): void {}
  handleEmptyQuery(): void {}
}

/** Runs a statement, which is prepared on the way where it is not. */
export class PreparedQuery extends Settling {
  readonly result: Rows = { rows: [], count: 0, command: '' }
  readonly #statement: Statement
  readonly #values: (string | null)[]
  readonly #columns: Columns

  constructor(statement: Statement, values: (string | null)[], prepared: Prepared, settle: Settle) {
    super(statement.text, statement.name, settle)
    this.#statement = statement
    this.#values = values
    this.#columns = prepared.get(statement) ?? { names: [], parsers: [], areKnown: false }
    prepared.set(statement, this.#columns)
  }

  write(wire: Wire): void {
    const { name } = this
    if (!isPrepared(wire, name)) {
      parse(wire, name, this.#statement)
      wire.submittedNamedStatements[name] = this.#statement.text
    }
    wire.bind({ statement: name, values: this.#values }, true)
    if (!this.#columns.areKnown) wire.describe({ type: 'P' }, true)
    wire.execute(null, true)
  }

  override handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }): void {
    this.#columns.names = fields.map(({ name }) => name)
    this.#columns.parsers = fields.map(({ dataTypeID }) => parserOf(dataTypeID))
    this.#columns.areKnown = true
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const { names, parsers } = this.#columns
    const row: Record<string, unknown> = {}
    try {
      for (let i = 0; i < fields.length; i++) {
        const text = fields[i] ?? null
        row[names[i] as string] = text === null ? null : parsers[i]?.(text)
      }
    } catch (error) {
      // Thrown here, it would end the process.
      this.failure ??= error
    }
    this.result.rows.push(row)
  }

  override handleCommandComplete({ text }: { text: string }): void {
    const space = text.indexOf(' ')
    this.result.command = space < 0 ? text : text.slice(0, space)
    // `INSERT 0 5`, `SELECT 3`, `CREATE TABLE`
    this.result.count = Number(text.slice(text.lastIndexOf(' ') + 1)) || 0
  }

  override handleReadyForQuery(): void {
    this.#columns.areKnown = true
    super.handleReadyForQuery()
  }
}

/** Asks for the types of a statement's parameters, which come as an event of the connection; one at a time. */
export class DescribingQuery extends Settling {
  readonly #statement: Statement
  #stopHearing = () => {}

  constructor(statement: Statement, settle: Settle) {
    super(statement.text, '', settle)
    this.#statement = statement
  }

  write(wire: Wire): void {
    const handleTypes = ({ dataTypeIDs }: { dataTypeIDs: number[] }) => {
      this.#statement.formats = dataTypeIDs.map(formatOf)
    }
    wire.once('parameterDescription', handleTypes)
    this.#stopHearing = () => wire.off('parameterDescription', handleTypes)
    parse(wire, '', this.#statement)
    wire.describe({ type: 'S' }, true)
  }

  override handleError(error: unknown): void {
    this.#stopHearing()
    super.handleError(error)
  }
}
