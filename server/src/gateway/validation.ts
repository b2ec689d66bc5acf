import { type ErrorCode, type RouteSpec, TintypeError, type TSchema, tidyText } from '@tintype/contract'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { DataValidationCxt } from 'ajv/dist/types/index.js'
import formats from 'ajv-formats'

/**
 * Checks one part of a request and answers the value to use. Throws `validation_failed` with
 * `details.fields`: field path -> what is wrong with it, for people.
 */
export type Check = (value: unknown) => unknown

export interface RequestChecks {
  params: Check | undefined
  query: Check | undefined
  body: Check | undefined
}

const common = { allErrors: true, removeAdditional: false, useDefaults: true, strict: false } as const
// Parameters and queries arrive as text, so numbers and booleans are read from it; a body says what it means.
const textAjv = withFormats(new Ajv({ ...common, coerceTypes: true }))
const bodyAjv = withFormats(new Ajv({ ...common, coerceTypes: false }))
// What people write is tidied in place (see the contract's `Written`), before its length is looked at.
bodyAjv.addKeyword({
  keyword: 'x-text',
  type: 'string',
  before: 'maxLength',
  modifying: true,
  validate(form: 'line' | 'lines', text: string, _schema: unknown, at?: DataValidationCxt) {
    if (at) at.parentData[at.parentDataProperty] = tidyText(text, form)
    return true
  },
})

function withFormats(ajv: Ajv): Ajv {
  formats.default(ajv)
  return ajv
}

/** Checks what comes over a socket as a body is checked. */
export const frameCheck = (schema: TSchema): Check => bodyCheck(schema)

/** Whether something is of a form; says no more. */
export function valid(schema: TSchema): (value: unknown) => boolean {
  const validate = bodyAjv.compile(schema)
  return (value) => validate(value)
}

const noBody: TSchema = { type: 'object', properties: {}, additionalProperties: false }

export function checksOf(spec: RouteSpec): RequestChecks {
  const takesBody = spec.method !== 'GET' && !spec.multipart
  return {
    params: spec.params ? nameCheck(textAjv.compile(spec.params), spec) : undefined,
    query: spec.query ? fieldCheck(textAjv.compile(spec.query)) : undefined,
    body: takesBody ? bodyCheck(spec.body ?? noBody) : undefined,
  }
}

/** A list that is too long is refused before each of its entries is looked at: what is wrong with 20 000 takes seconds to tell. */
function bodyCheck(schema: TSchema): Check {
  const check = fieldCheck(bodyAjv.compile(schema))
  const { properties = {} } = schema as { properties?: Record<string, { maxItems?: number }> }
  const lists = Object.entries(properties).flatMap(([name, { maxItems }]) =>
    maxItems === undefined ? [] : [{ name, maxItems }],
  )
  if (lists.length === 0) return check
  return (value) => {
    for (const { name, maxItems } of lists) {
      const list = (value as Record<string, unknown> | null | undefined)?.[name]
      if (!Array.isArray(list) || list.length <= maxItems) continue
      const fields = { [name]: tooMany(maxItems) }
      throw new TintypeError('validation_failed', { details: { fields } })
    }
    return check(value)
  }
}

function fieldCheck(validate: ValidateFunction): Check {
  return (value) => {
    // No body at all is the empty object: its missing fields are then named one by one.
    const checked = value ?? {}
    if (validate(checked)) return checked
    const fields = describe(validate.errors ?? [])
    throw new TintypeError('validation_failed', { details: { fields } })
  }
}

/** How a route says that there is nothing of that name or id. */
export const nothingOf = ({ path }: RouteSpec): ErrorCode =>
  path.includes('{upload_id}') ? 'upload_not_found' : 'not_found'

/** What cannot be the name of anything is answered like the name of nothing. */
function nameCheck(validate: ValidateFunction, spec: RouteSpec): Check {
  const code = nothingOf(spec)
  return (value) => {
    if (validate(value)) return value
    throw new TintypeError(code)
  }
}

function describe(errors: readonly ErrorObject[]): Record<string, string> {
  const fields: Record<string, string> = {}
  const allowed = new Map<string, string[]>()
  for (const error of errors) {
    const field = fieldOf(error)
    if (error.keyword === 'const')
      allowed.set(field, [...(allowed.get(field) ?? []), String(error.params.allowedValue)])
    if (error.keyword !== 'anyOf' && fields[field] === undefined) fields[field] = messageOf(error)
  }
  for (const [field, values] of allowed) fields[field] = `Must be ${orList(values)}.`
  return fields
}

function fieldOf(error: ErrorObject): string {
  const path = error.instancePath.split('/').slice(1)
  const inner = error.params.missingProperty ?? error.params.additionalProperty
  if (typeof inner === 'string') path.push(inner)
  return path.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).join('.') || 'body'
}

const orList = (values: readonly unknown[]) =>
  values.length < 2 ? String(values[0]) : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`

const typeNames: Record<string, string> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
}

const tooMany = (limit: unknown) => `Must have at most ${limit} entries.`

const messages: Record<string, (params: Record<string, unknown>) => string> = {
  required: () => 'This is required.',
  additionalProperties: () => 'There is no such field.',
  type: ({ type }) => `Must be ${orList([type].flat().map((name) => typeNames[String(name)] ?? name))}.`,
  minLength: ({ limit }) => (limit === 1 ? 'Must not be empty.' : `Must have at least ${limit} characters.`),
  maxLength: ({ limit }) => `Must have at most ${limit} characters.`,
  minimum: ({ limit }) => `Must be ${limit} or more.`,
  maximum: ({ limit }) => `Must be ${limit} or less.`,
  exclusiveMinimum: ({ limit }) => `Must be more than ${limit}.`,
  minItems: ({ limit }) => `Must have at least ${limit} ${limit === 1 ? 'entry' : 'entries'}.`,
  maxItems: ({ limit }) => tooMany(limit),
  uniqueItems: () => 'Must not name the same entry twice.',
  enum: ({ allowedValues }) => `Must be ${orList(allowedValues as unknown[])}.`,
  const: ({ allowedValue }) => `Must be ${allowedValue}.`,
  format: ({ format }) => `Must be a valid ${format}.`,
}

const messageOf = (error: ErrorObject): string =>
  messages[error.keyword]?.(error.params) ?? 'This is not in the form that is expected here.'
