import type { MailFolder } from '../../engines/mailer/port.ts'
import type { ObjectStore } from '../../engines/object-store/port.ts'
import { bind } from '../../gateway/binding.ts'
import type { MediaFiles } from '../media/api.ts'
import type { ModuleParts } from '../module.ts'
import type { PushSource } from '../push-source.ts'
import { channelConsumers } from './consumers.ts'
import { type DigestDeps, Digests } from './digest.ts'
import { Dispatcher, type DispatcherDeps } from './dispatcher.ts'
import { mailHandlers, preferenceHandlers, pushHandlers } from './handlers.ts'
import { oneClick } from './one-click.ts'
import { channelsData } from './personal-store.ts'
import type { Preferences } from './preferences.ts'
import { type SubscriptionDeps, Subscriptions } from './subscriptions.ts'
import { thumbnails } from './thumbnails.ts'
import { Unsubscribing } from './unsubscribe.ts'

export { Preferences } from './preferences.ts'

type Given<Deps, Ours extends keyof Deps> = Omit<Deps, Ours>

export type ChannelsDeps = Given<DispatcherDeps, 'preferences' | 'subscriptions' | 'sources'> &
  Given<DigestDeps, 'preferences' | 'unsubscribing' | 'thumbnail'> &
  SubscriptionDeps & {
    preferences: Preferences
    /** Asked for when every module stands. */
    sources(): readonly PushSource[]
    media: Pick<MediaFiles, 'readyMedia'>
    objectStore: Pick<ObjectStore, 'get'>
    mailFolder: MailFolder | undefined
    /** Of the mail server; null where mails are written into the folder. */
    smtpHost: string | null
    secret: string
  }

/** How members are told outside of the app: on their devices, and by mail. */
export function channelsModule(deps: ChannelsDeps): ModuleParts {
  const { preferences } = deps
  const subscriptions = new Subscriptions(deps)
  const unsubscribing = new Unsubscribing(deps.secret, preferences)
  const thumbnail = thumbnails(deps.media, deps.objectStore)
  const digests = new Digests({ ...deps, preferences, unsubscribing, thumbnail })
  let built: { sources: readonly PushSource[]; dispatcher: Dispatcher } | undefined
  const standing = () => {
    const sources = built?.sources ?? deps.sources()
    built ??= { sources, dispatcher: new Dispatcher({ ...deps, sources, preferences, subscriptions }) }
    return built
  }
  return {
    personal: channelsData(deps.db),
    routes: [
      ...bind('push', pushHandlers(subscriptions)),
      ...bind('preferences', preferenceHandlers(preferences)),
      ...bind('mails', mailHandlers(deps.mailFolder, deps.smtpHost, unsubscribing)),
    ],
    plugin: oneClick(unsubscribing),
    get consumers() {
      return channelConsumers({ ...standing(), subscriptions, digests })
    },
    get loops() {
      return [standing().dispatcher]
    },
    schedules: [
      { name: 'channels.digests', everySeconds: 300, run: (signal) => digests.look(signal) },
      { name: 'channels.queue', everySeconds: 3600, run: (signal) => standing().dispatcher.purge(signal) },
    ],
    rebuilds: [],
    async erase(member) {
      await subscriptions.erase(member)
      await preferences.erase(member)
      await digests.erase(member)
    },
  }
}
