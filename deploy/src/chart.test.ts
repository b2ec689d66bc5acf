import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { roleNames, serviceNames } from '@tintype/server/config'
import { readSettings } from '@tintype/server/lifecycle/settings'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { settingNames } from './settings.ts'

const chart = join(import.meta.dirname, '../helm/tintype')
const values = parse(readFileSync(join(chart, 'values.yaml'), 'utf8'))
const schema = JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8'))

interface Role {
  roles: string
  services: string
  http: boolean
  replicas: { min: number; max: number }
}
const roles = Object.entries<Role>(values.roles)
/** What only a secret has. */
const secret = {
  DATABASE_URL: 'postgres://u@h/d',
  SECRET: 'abcdefghijklmnopqrstuvwxyz0123456789',
  S3_ACCESS_KEY_ID: 'k',
  S3_SECRET_ACCESS_KEY: 's',
}
const environmentOf = ({ roles: ROLES, services: SERVICES }: Role) => ({
  PUBLIC_URL: values.publicUrl,
  ...values.settings,
  ...secret,
  ROLES,
  SERVICES,
})

describe('values of the chart', () => {
  test('are as their schema says, which refuses what is not', () => {
    const isValid = new Ajv().compile(schema)
    expect(isValid(values), JSON.stringify(isValid.errors)).toBe(true)
    for (const wrong of [
      { publicUrl: 'photos.example.org/path' },
      { replica: 3 },
      { settings: { PORT: 3000 } },
    ])
      expect(isValid({ ...values, ...wrong }), JSON.stringify(wrong)).toBe(false)
  })

  test('name settings that there are, and which each process reads without a mistake', () => {
    const known = settingNames()
    expect(Object.keys({ ...values.settings, ...secret }).filter((name) => !known.has(name))).toEqual([])
    for (const [, role] of roles) expect(() => readSettings(environmentOf(role), false)).not.toThrow()
  })

  test('have every module served, handled and due somewhere', () => {
    for (const wanted of roleNames) {
      const served = roles
        .map(([, role]) => readSettings(environmentOf(role), false))
        .filter((config) => config.roles.includes(wanted))
        .flatMap(({ services }) => services)
      expect(new Set(served), wanted).toEqual(new Set(serviceNames))
    }
  })
})

const paths = [process.env.PATH, join(homedir(), '.cache/tintype/engines')].join(delimiter)
const helm = (...words: string[]) =>
  spawnSync('helm', words, { encoding: 'utf8', env: { ...process.env, PATH: paths } })
const hasHelm = !helm('version').error

interface Resource {
  apiVersion: string
  kind: string
  metadata: { name: string; labels: Record<string, string> }
  // biome-ignore lint/suspicious/noExplicitAny: of a dozen kinds, each checked by its own schema.
  spec?: any
}

function renderFor(version: string, ...flags: string[]): Resource[] {
  const { stdout, stderr, status } = helm('template', 'one', chart, '--kube-version', version, ...flags)
  if (status !== 0) throw new Error(stderr)
  return parseAllDocuments(stdout).flatMap((document) =>
    document.toJS() ? [document.toJS() as Resource] : [],
  )
}

const render = (...flags: string[]) => renderFor('1.35.0', ...flags)

/** Kubernetes' own schemas, by the version and kind that a resource says. */
async function faultOf(resource: Resource): Promise<string | undefined> {
  const of =
    resource.apiVersion.includes('.') || resource.apiVersion.includes('/') ? resource.apiVersion : 'v1'
  const kinds = await import(/* @vite-ignore */ `kubernetes-models/${of}`)
  const Kind = kinds[resource.kind]
  if (!Kind) return `there is no ${resource.apiVersion} ${resource.kind}`
  try {
    new Kind(resource).validate()
    return undefined
  } catch (error) {
    return String(error)
  }
}

/** Without helm (`go install helm.sh/helm/v3/cmd/helm@v3.22.0`) a chart cannot be rendered. */
describe.skipIf(!hasHelm)('the chart, rendered (left out where helm is not on the PATH)', () => {
  const ofKind = (resources: Resource[], kind: string) => resources.filter((each) => each.kind === kind)
  const versions = ['1.30.0', '1.35.0']

  test('is what Kubernetes takes, whatever is switched on or off', { timeout: 120_000 }, async () => {
    const switches = [
      [],
      [
        '--set',
        'autoscaling.enabled=false',
        '--set',
        'ingress.enabled=false',
        '--set',
        'networkPolicy.enabled=false',
      ],
    ]
    for (const version of versions)
      for (const flags of switches)
        for (const resource of renderFor(version, ...flags))
          expect(await faultOf(resource), `${resource.kind} ${resource.metadata.name}`).toBeUndefined()
    const { kind } = ofKind(render('--set', 'externalSecret.enabled=true'), 'ExternalSecret')[0] ?? {}
    expect(kind).toBe('ExternalSecret')
  })

  test('has processes of each role, as many as they are busy, and never all away at once', () => {
    const rendered = render()
    expect(
      ofKind(rendered, 'Deployment')
        .map(({ metadata }) => metadata.name)
        .sort(),
    ).toEqual(roles.map(([name]) => `one-${name}`).sort())
    const scaled = ofKind(rendered, 'HorizontalPodAutoscaler')
    expect(scaled.map(({ metadata }) => metadata.name)).not.toContain('one-scheduler')
    for (const { spec } of scaled) {
      expect(spec.metrics[0].resource.target.averageUtilization).toBe(70)
      expect(spec.behavior.scaleDown).toMatchObject({ stabilizationWindowSeconds: 600, tolerance: '0.57' })
    }
    expect(ofKind(rendered, 'PodDisruptionBudget')).toHaveLength(roles.length)
    expect(JSON.stringify(renderFor('1.30.0'))).not.toContain('tolerance"')
  })

  test('asks where the server answers, and lets it serve on while it is taken away', () => {
    for (const { metadata, spec } of ofKind(render(), 'Deployment')) {
      const [{ livenessProbe, readinessProbe, lifecycle }] = spec.template.spec.containers
      const isHttp = values.roles[metadata.name.replace('one-', '')].http
      expect(livenessProbe?.httpGet.path, metadata.name).toBe(isHttp ? '/health' : undefined)
      expect(readinessProbe?.httpGet.path, metadata.name).toBe(isHttp ? '/ready' : undefined)
      if (isHttp)
        expect(lifecycle.preStop.sleep.seconds).toBeLessThan(spec.template.spec.terminationGracePeriodSeconds)
    }
  })

  test('gives no process more than it needs, and no secret in the open', () => {
    const rendered = render()
    for (const { spec } of [...ofKind(rendered, 'Deployment'), ...ofKind(rendered, 'Job')]) {
      const { securityContext, containers, automountServiceAccountToken } = spec.template.spec
      expect(automountServiceAccountToken).toBe(false)
      expect(securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      })
      expect(containers[0]).toMatchObject({
        securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
        envFrom: [{ configMapRef: { name: 'one-settings' } }, { secretRef: { name: 'tintype' } }],
      })
    }
    expect(ofKind(rendered, 'Secret')).toEqual([])
  })

  test('leads sockets to those who hold them, with a cookie, and lets in nobody else', () => {
    const rendered = render()
    const [sockets] = ofKind(rendered, 'Ingress').filter(({ metadata }) => metadata.name === 'one-sockets')
    expect(sockets?.spec.rules[0].http.paths).toEqual([
      {
        path: '/api/v1/realtime',
        pathType: 'Exact',
        backend: { service: { name: 'one-realtime', port: { name: 'http' } } },
      },
    ])
    expect(JSON.stringify(sockets)).toContain('"nginx.ingress.kubernetes.io/affinity":"cookie"')
    const [policy] = ofKind(rendered, 'NetworkPolicy')
    expect(policy?.spec.ingress[0].from).toHaveLength(2)
  })

  test('migrates before anything else, and refuses values that are wrong', () => {
    const [job] = ofKind(render(), 'Job')
    expect(job).toMatchObject({
      metadata: { annotations: { 'helm.sh/hook': 'pre-install,pre-upgrade' } },
      spec: { template: { spec: { containers: [{ args: ['migrate'] }] } } },
    })
    expect(() => render('--set', 'publicUrl=photos')).toThrow(/publicUrl/)
  })
})
