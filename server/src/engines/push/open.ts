import { readFile } from 'node:fs/promises'
import type { Clock } from '../../kit/clock.ts'
import type { SettingsReader } from '../../kit/settings.ts'
import { StartFailure } from '../../kit/start-failure.ts'
import type { Push } from './port.ts'
import { throughAll, type Ways } from './sending.ts'

export const pushSettings = (read: SettingsReader) => ({
  push: Object.freeze({
    /** Also to push services of the community's own network, over plain HTTP: one beside the server, say. */
    privateHosts: read.flag('PUSH_PRIVATE_HOSTS', false),
    /** The service account of a Firebase project: the JSON file that Google gives. */
    fcmCredentials: read.text('FCM_CREDENTIALS', ''),
    /** The `.p8` file that Apple gives, the key's id, the team's, and the app's bundle id. */
    apnsKey: read.text('APNS_KEY', ''),
    apnsKeyId: read.text('APNS_KEY_ID', ''),
    apnsTeamId: read.text('APNS_TEAM_ID', ''),
    apnsTopic: read.text('APNS_TOPIC', ''),
    apnsUrl: read.url('APNS_URL') || 'https://api.push.apple.com',
  }),
})

type Settings = ReturnType<typeof pushSettings>['push']

interface Options {
  settings: { push: Settings; secret: string; publicUrl: string; mailFrom: { address: string } }
  clock: Clock
}

/** Milliseconds that a host is given for one push. */
const PATIENCE_MS = 10_000

/** To browsers always; to apps where the community has their makers' credentials. Throws StartFailure. */
export async function openPush({ settings, clock }: Options): Promise<Push> {
  const now = () => clock.now()
  const [{ WebPush }, { vapidOf }] = await Promise.all([
    import('./web-push/web-push.ts'),
    import('./web-push/vapid.ts'),
  ])
  const { secret, publicUrl, mailFrom, push } = settings
  const contact = publicUrl.startsWith('https:') ? publicUrl : `mailto:${mailFrom.address}`
  const vapid = vapidOf(secret, contact, now)
  const shared = { now, patienceMs: PATIENCE_MS }
  const ways: Ways = { web: new WebPush({ ...shared, vapid, allowPrivate: push.privateHosts }) }
  if (push.fcmCredentials) ways.fcm = await openFcm(push, shared)
  if (push.apnsKey) ways.apns = await openApns(push, shared)
  return throughAll(vapid.publicKey, ways)
}

interface Shared {
  now(): number
  patienceMs: number
}

async function openFcm({ fcmCredentials }: Settings, shared: Shared) {
  const { Fcm } = await import('./fcm/fcm.ts')
  return opened(
    'FCM_CREDENTIALS',
    fcmCredentials,
    (text) => new Fcm({ ...shared, credentials: JSON.parse(text) }),
  )
}

async function openApns(settings: Settings, shared: Shared) {
  const { apnsKeyId: keyId, apnsTeamId: teamId, apnsTopic: topic, apnsUrl: url } = settings
  if (!keyId || !teamId || !topic)
    throw new StartFailure('APNS_KEY is set, and needs APNS_KEY_ID, APNS_TEAM_ID and APNS_TOPIC beside it.')
  const { Apns } = await import('./apns/apns.ts')
  return opened(
    'APNS_KEY',
    settings.apnsKey,
    (key) => new Apns({ ...shared, key, keyId, teamId, topic, url }),
  )
}

async function opened<T>(setting: string, file: string, make: (text: string) => T): Promise<T> {
  try {
    return make(await readFile(file, 'utf8'))
  } catch (error) {
    throw new StartFailure(
      `${setting} names ${file}, which cannot be used: ${(error as Error).message}.`,
      error,
    )
  }
}
