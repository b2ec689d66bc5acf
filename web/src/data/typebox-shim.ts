/**
 * Stands in for `typebox` in the browser bundle, which takes types, routes and error codes from the contract but
 * never validates with its schemas: 40 KB that nobody would run. Every builder answers an object that spreads.
 */
const schema = (properties: object = {}) => ({ properties })
const builders: Record<string, unknown> = { Object: schema }

export default new Proxy(builders, { get: (known, name: string) => known[name] ?? (() => schema()) })
