import { API_PREFIX, operations, type RouteSpec } from '@tintype/contract'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'

const ajv = new Ajv({ strict: false, allErrors: true })
formats.default(ajv)

export interface DeclaredRoute {
  spec: RouteSpec
  path: RegExp
  /** Names beat parameters, as in the router. */
  parameters: number
  validate: ValidateFunction
}

const routes: DeclaredRoute[] = Object.values<RouteSpec>(operations)
  .map((spec) => ({
    spec,
    path: new RegExp(`^${API_PREFIX}${spec.path.replace(/\{\w+\}/g, '[^/]+')}$`),
    parameters: spec.path.split('{').length,
    validate: ajv.compile(spec.paged ? { type: 'array', items: spec.reply } : spec.reply),
  }))
  .sort((a, b) => a.parameters - b.parameters)

/** What the contract says of an address. */
export const declaredRoute = (method: string, pathname: string): DeclaredRoute | undefined =>
  routes.find(({ spec, path }) => spec.method === method && path.test(pathname))

/** What was wrong with what it was last asked about. */
export const explain = (validate: ValidateFunction): string => ajv.errorsText(validate.errors)
