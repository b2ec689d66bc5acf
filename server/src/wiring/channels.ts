import { accountsReader } from '../modules/accounts/module.ts'
import { channelsModule } from '../modules/channels/module.ts'
import type { communityModule } from '../modules/community/module.ts'
import type { notificationsModule } from '../modules/notifications/module.ts'
import type { PushSource } from '../modules/push-source.ts'
import type { Ground } from './ground.ts'

type ChannelsDeps = Parameters<typeof channelsModule>[0]

interface Told {
  preferences: ChannelsDeps['preferences']
  members: ChannelsDeps['members']
  media: { service: ChannelsDeps['media'] }
  notices: ChannelsDeps['notices']
  notifications: ReturnType<typeof notificationsModule>
  community: ReturnType<typeof communityModule>
  pushSources: () => readonly PushSource[]
}

/** How members are told of what happened, outside of the app. */
export const wireChannels = (
  { config, engines, clock, logger, vault }: Ground,
  { preferences, members, media, notices, notifications, community, pushSources }: Told,
) =>
  channelsModule({
    ...engines,
    clock,
    logger,
    preferences,
    sources: () => pushSources(),
    textOf: notifications.textOf,
    notices,
    notifications: notifications.service,
    accounts: accountsReader({ db: engines.db, clock, vault }),
    members,
    community: community.service,
    media: media.service,
    siteUrl: config.siteUrl,
    smtpHost: config.smtpUrl ? new URL(config.smtpUrl).hostname : null,
    secret: config.secret,
  })
