import {
  API_PREFIX,
  type Operation,
  operations,
  type RouteSpec,
  type Scope,
  scopeSummaries,
  scopes,
} from '@tintype/contract'
import { newId } from '@tintype/server/kit/ids'
import { describe, expect, it } from 'vitest'
import { allBindings, appWith, bearer, member } from './app.suite.ts'

const specs = Object.entries<RouteSpec>(operations) as [Operation, RouteSpec][]

/** A gateway where `Bearer read,write` is an app's token with these scopes, in the name of an owner; `nobody` one of an app by itself. */
const gatewayForApps = () =>
  appWith({
    bindings: allBindings(),
    authenticate: (token) =>
      token === 'nobody'
        ? null
        : { ...member, role: 'owner', scopes: new Set(token.split(',').filter(Boolean) as Scope[]) },
  })
const addressOf = ({ method, path }: RouteSpec) => ({
  method,
  url: API_PREFIX + path.replaceAll(/\{\w+\}/g, newId()),
})
const all = scopes.join(',')

describe('what an app may', () => {
  it('every route says, and its token is held to it', async () => {
    const { app } = await gatewayForApps()
    for (const [name, spec] of specs) {
      const refusal = async (token: string) => {
        const reply = await app.inject({ ...addressOf(spec), headers: bearer(token) })
        if (reply.statusCode !== 403) return undefined
        const { code, details } = reply.json().error
        const told = reply.headers['www-authenticate']
        if (code === 'scope_missing') expect(told).toContain(`scope="${details.scope}"`)
        return `${code} ${details?.scope ?? ''}`.trim()
      }
      const others = scopes.filter((scope) => scope !== spec.scope).join(',')
      const expected = {
        open: [undefined, undefined, undefined],
        never: ['not_for_apps', 'not_for_apps', 'not_for_apps'],
      }[spec.scope as string] ?? [undefined, `scope_missing ${spec.scope}`, undefined]
      const found = [await refusal(all), await refusal(others), await refusal(spec.scope)]
      expect([name, ...found]).toEqual([name, ...expected])
    }
  })

  it('is never what asks for a proof, an owner or an admin, nor anything of accounts and their data', () => {
    for (const [name, { access, role, stepUp, scope }] of specs) {
      const domain = name.split('.', 1)[0] ?? ''
      const isTheirsAlone =
        stepUp ||
        access === 'owner' ||
        role === 'admin' ||
        (['accounts', 'factors', 'exports', 'imports'].includes(domain) && access !== 'none')
      if (isTheirsAlone) expect([name, scope]).toEqual([name, 'never'])
      if (role && scope !== 'never') expect([name, scope]).toEqual([name, 'moderation'])
      expect([name, scope === 'open']).toEqual([name, access === 'none'])
    }
  })

  it('is what a visitor may, where it asks in nobody’s name', async () => {
    const { app } = await gatewayForApps()
    for (const [name, spec] of specs) {
      const ask = async (headers: Record<string, string>) =>
        (await app.inject({ ...addressOf(spec), headers })).statusCode
      expect([name, await ask(bearer('nobody'))]).toEqual([name, await ask({})])
    }
  })

  it('spends an allowance of its own, so that no app locks its member out', async () => {
    const { app } = await appWith({
      bindings: allBindings(),
      multiplier: 0.005,
      authenticate: (token) => (token === 'member' ? member : { ...member, scopes: new Set(scopes) }),
    })
    const ask = async (token: string) =>
      (await app.inject({ url: '/api/v1/users/me', headers: bearer(token) })).statusCode
    const statuses = []
    for (let turn = 0; turn < 6; turn++) statuses.push(await ask('app'))
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
    expect(await ask('member')).toBe(200)
  })
})

const listOf = (wanted: RouteSpec['scope']) =>
  specs
    .filter(([, { scope }]) => scope === wanted)
    .map(([name, { method, path, summary }]) => `| \`${method} ${path}\` | \`${name}\` | ${summary} |`)
    .join('\n')
const table = (wanted: RouteSpec['scope']) => `| route | | |\n|---|---|---|\n${listOf(wanted)}`

const page = `# Scopes

Made from the contract by its test (\`npx vitest run --project server server/src/gateway/scopes.test.ts -u\`); do not edit. How an app gets a token: [apps.md](apps.md).

What an app's token may call. A token without the scope is refused with \`403 scope_missing\`, and \`details.scope\` names it.

${scopes.map((scope) => `## ${scope}\n\n${scopeSummaries[scope]}\n\n${table(scope)}`).join('\n\n')}

## For nobody in particular

Needs no token, and takes none.

${table('open')}

## Not for apps

Refused to every app with \`403 not_for_apps\`: accounts, sessions, proofs, archives, and what owners set.

${table('never')}
`

it('docs/scopes.md says what the contract says', async () => {
  await expect(page).toMatchFileSnapshot('../../../docs/scopes.md')
})
