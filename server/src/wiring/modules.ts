import { accountsModule, accountsReader } from '../modules/accounts/module.ts'
import { archiveNotices } from '../modules/archives/module.ts'
import { Preferences } from '../modules/channels/module.ts'
import { collectionsModule } from '../modules/collections/module.ts'
import { announcementNotices } from '../modules/community/module.ts'
import { engagementModule } from '../modules/engagement/module.ts'
import { exploreModule } from '../modules/explore/module.ts'
import { feedModule } from '../modules/feed/module.ts'
import { graphModule } from '../modules/graph/module.ts'
import { importNotices } from '../modules/imports/module.ts'
import { type CheckedUpload, type MediaDeps, mediaModule, usableVideo } from '../modules/media/module.ts'
import { membersModule, membersReader } from '../modules/members/module.ts'
import { messagesModule } from '../modules/messages/module.ts'
import {
  bansOf,
  KnownPictures,
  moderationNotices,
  Spam,
  Thresholds,
  Words,
} from '../modules/moderation/module.ts'
import type { ModuleParts } from '../modules/module.ts'
import { notificationsModule } from '../modules/notifications/module.ts'
import { placesModule } from '../modules/places/module.ts'
import { type PostsModule, postsModule } from '../modules/posts/module.ts'
import type { PushSource } from '../modules/push-source.ts'
import { reelsModule } from '../modules/reels/module.ts'
import { scheduledNotices } from '../modules/scheduled/module.ts'
import { Labels, searchModule } from '../modules/search/module.ts'
import { storiesModule } from '../modules/stories/module.ts'
import { Subjects } from '../modules/subject.ts'
import { Texts } from '../text/texts.ts'
import { newPostView } from '../views/new-post.ts'
import { authorEntries, People } from '../views/people.ts'
import { cardEntries, judgePosts, postView, type ShowPosts } from '../views/posts.ts'
import { type PreviewPosts, postPreviews } from '../views/previews.ts'
import { ProfileView } from '../views/profile.ts'
import { appTokens, wireApps } from './apps.ts'
import { wireArchives } from './archives.ts'
import { wireChannels } from './channels.ts'
import { wireCommunity } from './community.ts'
import { wireFactors } from './factors.ts'
import type { Ground } from './ground.ts'
import { wireImports } from './imports.ts'
import { wireLive } from './live.ts'
import { wireModeration } from './moderation.ts'
import { wireOpenId } from './openid.ts'
import { wireLinks, wireReposts, wireScheduled } from './posting.ts'
import { wireSecurity } from './security.ts'

/**
 * Each module gets what it asks for, by name, and forgetting something does not compile. Who a member is stands below all modules, and
 * what is joined of many of them above: the readers of members and accounts come first, what those modules do comes last.
 */
export function wireModules(ground: Ground) {
  // What media are attached to is served by modules that are built on media.
  const subjects = new Subjects(() =>
    Object.values<ModuleParts>(modules).flatMap((module) => module.subjects ?? []),
  )
  const below = wireMedia(ground, subjects, {
    opens: (linkId, subject) => links.opening.opens(linkId, subject),
  })
  const made = wireContent(ground, below)
  const labels = new Labels({ ...ground.engines, graph: made.graph.service, posts: made.posts.service })
  const live = wireLive(ground, below, made)
  const content = { ...made, ...wireExplore(ground, below, made), labels, live }
  const lists = wireLists(ground, below, content, subjects)
  const { notifications, feed, stories, collections, reposts } = lists
  const messages = wireMessages(ground, below, { ...content, ...lists }, subjects)
  const { search, places } = wireSearch(ground, below, { ...content, feed })
  const pushSources = () => Object.values<ModuleParts>(modules).flatMap((module) => module.pushes ?? [])
  const above = wireMembers(ground, below, { ...content, ...lists, subjects }, pushSources)
  const personal = () => Object.values<ModuleParts>(modules).map((module) => module.personal)
  const { graph, posts, engagement, explore, reels } = content
  const archives = wireArchives(ground, { ...below, graph, community: above.community }, personal)
  const lower = { graph, media: below.media, posts, engagement, explore, reels }
  const scheduled = wireScheduled(ground, { ...below, posts })
  const links = wireLinks(ground, { ...below, posts })
  const imports = wireImports(ground, { ...below, ...content, ...lists })
  const others = { notifications, feed, reposts, stories, live, collections, messages, search, places }
  const modules = { ...above, ...lower, ...others, archives, imports, scheduled, links }
  return { modules, subjects }
}

type Below = ReturnType<typeof wireMedia>
type Content = ReturnType<typeof wireContent>
type Lists = ReturnType<typeof wireLists>

/** Who members are, and what they look like. */
function wireMedia(ground: Ground, subjects: Subjects, sharing: MediaDeps['sharing']) {
  const { config, clock, logger, imaging } = ground
  const { db, cache, outbox, objectStore, broadcast } = ground.engines
  const { cacheTtl, secret, mediaThreads, videoProcesses, videoThreads } = config
  const authors = authorEntries(cache, cacheTtl.profile)
  const video = usableVideo(config.video, logger)
  const members = membersReader({ db, cache, clock, memberTtl: cacheTtl.profile })
  const words = new Words({ db, cache })
  const thresholds = new Thresholds({ db, cache, isOn: config.pictureScores })
  const media = mediaModule({
    words,
    thresholds,
    knownPictures: new KnownPictures({ db, cache }),
    db,
    cache,
    outbox,
    objectStore,
    broadcast,
    clock,
    logger,
    members,
    subjects,
    sharing,
    secret,
    imaging,
    mediaThreads,
    video,
    videoProcesses,
    videoThreads,
    mediaTtl: cacheTtl.post,
  })
  const people = new People({ authors, members, media: media.service })
  const spam = new Spam({ db, cache, clock })
  const known = { spam, thresholds, preferences: new Preferences({ db, clock }) }
  return { members, media, people, video, words, ...known, tokens: appTokens(ground) }
}

/** Who knows whom, what they post, and what others do with it. */
function wireContent({ config, engines, clock }: Ground, { members, people, words, spam, ...below }: Below) {
  const { db, cache, outbox, broadcast } = engines
  const media = below.media.service
  const cards = cardEntries(cache, config.cacheTtl.post)
  const graphParts = graphModule({ db, cache, outbox, clock, members, people })
  const graph = graphParts.service
  const texts = new Texts({ members, graph })
  // Posts are read to be shown, and asked for by whoever shows them: hence functions of what is built below.
  const show: ShowPosts = (viewerId, ids, surface) => showPosts(viewerId, ids, surface)
  const preview: PreviewPosts = (viewerId, ids) => previewPosts(viewerId, ids)
  const posts: PostsModule<CheckedUpload> = postsModule({
    db,
    cache,
    outbox,
    broadcast,
    clock,
    postTtl: config.cacheTtl.post,
    members,
    texts,
    words,
    circles: graphParts.circles,
    comments: () => engagement.service,
    graph,
    media,
    show,
    showNew: newPostView(people),
    preview,
  })
  const engagement = engagementModule({
    db,
    cache,
    outbox,
    broadcast,
    clock,
    texts,
    words,
    spam,
    people,
    graph,
    posts: posts.service,
    postSettings: posts.settings,
    previewPosts: preview,
  })
  const judge = judgePosts({ cards, posts: posts.service, people, media, graph, texts })
  const showPosts = postView(engagement.service, judge)
  const previewPosts = postPreviews(judge)
  return { graph: graphParts, posts, engagement, show, preview }
}

/** What members may like that they do not follow, and reels, which are chosen alike. */
function wireExplore(
  { engines, clock }: Ground,
  { members, people, media }: Below,
  { graph, posts, show }: Content,
) {
  const { db, cache } = engines
  const { service, questions } = graph
  const reels = reelsModule({
    db,
    clock,
    members,
    people,
    graph: service,
    posts: posts.service,
    media: media.service,
    show,
    feed: (viewerId, asked) => explore.reels.page(viewerId, asked),
  })
  const explore = exploreModule({
    db,
    cache,
    clock,
    members,
    graph: service,
    questions,
    posts: posts.service,
    reels: reels.service,
    show,
  })
  return { explore, reels }
}
type Explore = ReturnType<typeof wireExplore>

/** What members are told, their lists of posts, and stories. */
function wireLists(
  { config, engines, clock }: Ground,
  { members, people, media }: Below,
  content: Content & Explore & { labels: Labels; live: ModuleParts },
  subjects: Subjects,
) {
  const { db, cache, broadcast, outbox, timelineStore } = engines
  const [graph, posts] = [content.graph.service, content.posts.service]
  const engagement = content.engagement.service
  const reposts = wireReposts({ engines, clock }, { members, people, ...content })
  const feed = feedModule({
    db,
    cache,
    broadcast,
    outbox,
    timelineStore,
    clock,
    members,
    graph,
    circles: content.graph.circles,
    posts,
    engagement,
    reposts: reposts.reader,
    show: content.show,
    explore: content.explore.service,
    places: content.labels,
    kept: config.timelineKept,
    inactiveAfter: config.inactiveAfter,
    feedTtl: config.cacheTtl.feed,
    celebrityFollowers: config.celebrityFollowers,
  })
  const stories = storiesModule({
    db,
    cache,
    broadcast,
    outbox,
    clock,
    members,
    people,
    graph,
    circles: content.graph.circles,
    media: media.service,
    feed: feed.reader,
    storyTtl: config.cacheTtl.post,
  })
  const collections = collectionsModule({
    db,
    outbox,
    clock,
    members,
    people,
    graph,
    posts,
    engagement,
    show: content.show,
    preview: content.preview,
  })
  const told = [content.graph, content.posts, content.engagement, content.live, stories, collections, reposts]
  const notices = [
    ...told.flatMap((module) => module.notices ?? []),
    moderationNotices({ db }),
    archiveNotices({ db }),
    importNotices({ db }),
    scheduledNotices({ db }),
    announcementNotices({ db }),
  ]
  const notifications = notificationsModule({ db, broadcast, outbox, graph, subjects, notices })
  return { notifications, feed, reposts, stories, collections, notices }
}

/** What is found of all that, and where it is from. */
function wireSearch(
  { engines, clock }: Ground,
  { members }: Below,
  { labels, show, feed, ...content }: Content & { labels: Labels; feed: Lists['feed'] },
) {
  const { db, cache, searchIndex } = engines
  const [graph, posts] = [content.graph.service, content.posts.service]
  const search = searchModule({ db, searchIndex, clock, members, graph, posts, labels, show })
  const listed = feed.service.place.bind(feed.service)
  return { search, places: placesModule({ cache, labels, search: search.service, posts: listed }) }
}

/** What they say to each other. */
function wireMessages(
  { config, engines, clock }: Ground,
  { members, people, media, preferences, spam }: Below,
  { graph, stories }: Pick<Content & Lists, 'graph' | 'stories'>,
  subjects: Subjects,
) {
  const { db, cache, broadcast, outbox, messageStore } = engines
  return messagesModule({
    db,
    cache,
    broadcast,
    outbox,
    messageStore,
    clock,
    members,
    people,
    spam,
    graph: graph.service,
    media: media.service,
    subjects,
    stories: stories.service,
    quiet: preferences,
    smallPicture: media.smallPicture,
    linkPreviews: config.linkPreviews && { ...config.linkPreviews, siteUrl: config.siteUrl },
    conversationTtl: config.cacheTtl.post,
  })
}

/** What members do with their accounts and profiles, which show what all the others count. */
function wireMembers(
  ground: Ground,
  below: Below,
  {
    graph,
    posts,
    explore,
    notifications,
    notices,
    subjects,
  }: Content & Explore & Lists & { subjects: Subjects },
  pushSources: () => readonly PushSource[],
) {
  const { config, clock } = ground
  const { db, outbox, broadcast, mailer } = ground.engines
  const { people, media, words, tokens } = below
  const view = new ProfileView({
    people,
    members: below.members,
    accounts: accountsReader({ db, clock, vault: ground.vault }),
    graph: graph.service,
    posts: posts.service,
    notifications: notifications.service,
    preferences: below.preferences,
  })
  const members = membersModule({
    db,
    outbox,
    clock,
    reader: below.members,
    people,
    media: media.service,
    graph: graph.service,
    suggestions: explore.people,
    view,
    words,
    audit: () => moderation.audit,
  })
  const community = wireCommunity(ground, below)
  const security = wireSecurity(ground, people, () => moderation.audit)
  const factors = wireFactors(ground, members, community)
  const accounts = accountsModule({
    db,
    outbox,
    broadcast,
    mailer,
    clock,
    logger: ground.logger,
    vault: ground.vault,
    publicUrl: config.publicUrl,
    siteUrl: config.siteUrl,
    accessTokenTtl: config.accessTokenTtl,
    refreshTokenTtl: config.refreshTokenTtl,
    sessionTtl: config.cacheTtl.session,
    rateLimitMultiplier: config.rateLimitMultiplier,
    secret: config.secret,
    members: members.service,
    community: community.service,
    factors: factors.service,
    passkeys: factors.passkeys,
    bans: bansOf({ db, clock }),
    challenges: security.challenges,
    words,
    apps: tokens,
    passwords: ground.passwords,
    sanctions: () => moderation.service,
    profiles: view,
  })
  const lookedAfter = { ...below, members, accounts, community, media }
  const moderation = wireModeration(ground, people, subjects, lookedAfter)
  const channels = wireChannels(ground, { ...below, notifications, notices, community, pushSources })
  const apps = wireApps(ground, tokens, { members: below.members, accounts })
  const openid = wireOpenId(ground, accounts, community)
  return { accounts, factors, openid, members, community, channels, moderation, security, apps }
}
