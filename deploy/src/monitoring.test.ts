import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { operations as declared } from '@tintype/contract'
import { createMetrics } from '@tintype/server/gateway/metrics'
import { lookupsOf } from '@tintype/server/kit/tallies'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const folder = join(import.meta.dirname, '../monitoring')
const read = (path: string) => readFileSync(join(folder, path), 'utf8')

interface Rule {
  alert: string
  expr: string
  for: string
  labels: { severity: string }
  annotations: { summary: string; runbook_url: string }
}
const rules: Rule[] = parse(read('rules.yaml')).groups.flatMap((group: { rules: Rule[] }) => group.rules)

interface Dashboard {
  uid: string
  title: string
  panels: { id: number; title: string; gridPos: object; targets: { expr: string }[] }[]
}
const dashboards: Dashboard[] = globSync('dashboards/*.json', { cwd: folder }).map((file) =>
  JSON.parse(read(file)),
)
const expressions = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...dashboards.flatMap(({ panels }) =>
    panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ),
]

/** Of others: Prometheus itself, and the blackbox exporter. */
const foreign = ['up', 'probe_ssl_earliest_cert_expiry']

/** What `/metrics` of a server has that has all there is to measure. */
async function exposed(): Promise<Set<string>> {
  lookupsOf('post')
  const metrics = createMetrics(
    { backlog: async () => [{ group: 'feed', waiting: 1, oldestSeconds: 1 }], deadLetters: async () => [] },
    undefined,
    { checks: [{ name: 'database', check: async () => {} }], lags: () => [0.1], folders: { data: folder } },
  )
  const text = await metrics.text()
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)]
  return new Set(
    types.flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
    ),
  )
}

/** Names of metrics in an expression: what is no label, no function and no word of the language. */
const metricsIn = (expr: string): string[] =>
  expr
    .replaceAll(/"(\\.|[^"])*"/g, '')
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, '')
    .replaceAll(/\b(by|without|on|ignoring|group_left|group_right)\s*(\([^)]*\))?/g, '')
    .match(/\b[a-z_][a-z0-9_]*\b(?!\s*\()/g)
    ?.filter((word) => !['and', 'or', 'unless', 'bool'].includes(word)) ?? []

describe('alerts and dashboards', () => {
  test('ask for metrics that the server has', async () => {
    const known = new Set([...(await exposed()), ...foreign])
    expect(known.size).toBeGreaterThan(20)
    for (const [where, expr] of expressions) {
      expect(metricsIn(expr).length, `${where}: ${expr}`).toBeGreaterThan(0)
      expect(
        metricsIn(expr).filter((name) => !known.has(name)),
        where,
      ).toEqual([])
    }
  })

  test('ask for routes that there are', () => {
    const operations = Object.keys(declared)
    for (const [where, expr] of expressions)
      for (const [, operator, route = ''] of expr.matchAll(/route(=~?)"([^"]+)"/g)) {
        const isThere =
          operator === '='
            ? operations.some((operation) => operation === route)
            : operations.some((operation) =>
                new RegExp(`^${route.replaceAll('\\\\', '\\')}$`).test(operation),
              )
        expect(isThere, `${where}: ${route}`).toBe(true)
      }
  })

  test('each alert has its page, and each page its alert', () => {
    const pages = readFileSync(join(folder, '../../docs/runbooks.md'), 'utf8')
    const anchors = [...pages.matchAll(/^## (\w+)$/gm)].map(([, name = '']) => name)
    expect(anchors.sort()).toEqual(rules.map(({ alert }) => alert).sort())
    for (const { alert, annotations, labels } of rules) {
      expect(annotations.runbook_url).toBe(`docs/runbooks.md#${alert.toLowerCase()}`)
      expect(['page', 'ticket']).toContain(labels.severity)
    }
  })

  test('dashboards are whole: panels of their own numbers and places', () => {
    expect(dashboards.map(({ uid }) => uid).sort()).toEqual(['tintype-community', 'tintype-health'])
    for (const { panels } of dashboards) {
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
      expect(new Set(panels.map(({ gridPos }) => JSON.stringify(gridPos))).size).toBe(panels.length)
    }
  })
})

const promtool = (...words: string[]) => spawnSync('promtool', words, { encoding: 'utf8', cwd: folder })
const hasPromtool = !promtool('--version').error

describe.skipIf(!hasPromtool)('the rules, by promtool (left out where it is not on the PATH)', () => {
  test.each([
    ['check', 'rules.yaml'],
    ['test', 'rules.test.yaml'],
  ])('%s rules %s', (what, file) => {
    const { status, stdout, stderr } = promtool(what, 'rules', basename(file))
    expect(status, stdout + stderr).toBe(0)
  })
})
