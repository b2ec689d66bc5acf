import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { roleNames } from '@tintype/server/config'
import { readSettings } from '@tintype/server/lifecycle/settings'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { settingNames } from './settings.ts'

const folder = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(folder, path), 'utf8')

interface Service {
  image?: string
  build?: { context: string; dockerfile: string }
  environment?: Record<string, string>
  depends_on?: string[] | Record<string, { condition: string }>
  volumes?: string[]
  healthcheck?: { disable?: boolean; test?: string[] }
  read_only?: boolean
  init?: boolean
  cap_drop?: string[]
  ports?: string[]
}

interface Compose {
  services: Record<string, Service>
  volumes: Record<string, unknown>
}

/** As Compose does it: `${NAME}`, with `:-` a default and with `:?` refused where it is not set. */
function fill(text: string, env: Record<string, string>): string {
  return text.replaceAll(/\$\{([A-Z_0-9]+)(?::([-?])([^}]*))?\}/g, (_, name, kind, rest) => {
    const value = env[name]
    if (value) return value
    if (kind === '-') return rest
    throw new Error(`${name} is not set: ${rest ?? ''}`)
  })
}

const compose = (name: string, env: Record<string, string> = {}): Compose =>
  parse(fill(read(`compose/${name}.yaml`), env), { merge: true })
const secrets = {
  POSTGRES_PASSWORD: 'p'.repeat(8),
  SECRET: 'abcdefghijklmnopqrstuvwxyz0123456789',
  S3_SECRET: 's3-secret',
}
const isOurs = ({ image }: Service) => image?.startsWith('tintype') ?? false
const all = () => [['one', compose('one')] as const, ['apart', compose('apart', secrets)] as const]

describe('Compose', () => {
  test('says what has to be set', () => {
    expect(() => compose('apart')).toThrow('is not set')
  })

  test('names only settings, volumes and services that are there', () => {
    const known = settingNames()
    expect(known).toContain('DATABASE_URL')
    for (const [name, { services, volumes }] of all()) {
      for (const [service, each] of Object.entries(services)) {
        if (isOurs(each))
          expect(
            Object.keys(each.environment ?? {}).filter((setting) => !known.has(setting)),
            service,
          ).toEqual([])
        const needs = Array.isArray(each.depends_on) ? each.depends_on : Object.keys(each.depends_on ?? {})
        expect(
          needs.filter((needed) => !services[needed]),
          `${name} ${service}`,
        ).toEqual([])
        const named = (each.volumes ?? [])
          .map((volume) => volume.split(':')[0] ?? '')
          .filter((path) => !path.startsWith('.'))
        expect(
          named.filter((volume) => !(volume in volumes)),
          `${name} ${service}`,
        ).toEqual([])
      }
    }
  })

  test('starts: each process reads its settings without a mistake, and together they have every role', () => {
    for (const [name, { services }] of all()) {
      const ours = Object.entries(services).filter(([service, each]) => isOurs(each) && service !== 'migrate')
      const roles = ours.flatMap(([, { environment }]) => readSettings({ ...environment }, false).roles)
      expect([...new Set(roles)].sort(), name).toEqual([...roleNames].sort())
    }
  })

  test('waits for engines that answer, and migrates before it serves', () => {
    const { services } = compose('apart', secrets)
    for (const needed of Object.keys(services.migrate?.depends_on ?? {}))
      expect(services[needed]?.healthcheck?.test, needed).toBeDefined()
    for (const name of ['api', 'realtime', 'worker'])
      expect(services[name]?.depends_on).toEqual({ migrate: { condition: 'service_completed_successfully' } })
  })

  test('runs with as little as it needs', () => {
    for (const [name, { services }] of all())
      for (const [service, each] of Object.entries(services).filter(([, each]) => isOurs(each)))
        expect(each, `${name} ${service}`).toMatchObject({ read_only: true, init: true, cap_drop: ['ALL'] })
  })

  test('the edge knows the services by name, and keeps what is for the owner from the public', () => {
    const edge = read('compose/edge.conf')
    const { services } = compose('apart', secrets)
    for (const [, host = ''] of edge.matchAll(/server (\w+):3000/g))
      expect(services[host], host).toBeDefined()
    expect(edge).toMatch(/location ~ \^\/\(metrics\|ready\)\$ \{ return 404/)
    expect(edge).toMatch(/location = \/api\/v1\/realtime/)
  })
})

describe('the image', () => {
  const dockerfile = read('Dockerfile')
  const stages = dockerfile.split(/^FROM /m).slice(1)

  test('is of the Node that npm start uses', () => {
    const { dependencies } = JSON.parse(read('../package.json'))
    const major = /\d+/.exec(dependencies.node)?.[0]
    for (const stage of stages) expect(stage).toMatch(new RegExp(`^node:${major}-`))
  })

  test('runs as nobody in particular, says that it is well, and carries a list of what is in it', () => {
    const last = stages.at(-1) ?? ''
    expect(last.indexOf('USER node')).toBeGreaterThan(0)
    expect(last).toMatch(/HEALTHCHECK[\s\S]*\/health/)
    expect(last).toMatch(/ENTRYPOINT \["node"/)
    expect(dockerfile).toContain('npm sbom')
  })

  test('copies what is there, and what the server needs', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, words = '']) =>
      words.split(' ').slice(0, -1),
    )
    for (const path of copied)
      expect(() => readFileSync(join(folder, '..', path, path.includes('.') ? '' : '.')), path).not.toThrow(
        /ENOENT/,
      )
    const { dependencies } = JSON.parse(read('../server/package.json'))
    const ours = Object.keys(dependencies).filter((name) => name.startsWith('@tintype/'))
    expect(ours).toEqual(['@tintype/contract'])
  })
})
