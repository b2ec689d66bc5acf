import type { Me } from '@tintype/contract'

/**
 * Names nobody may take: addresses of the web app and the server (a profile lives at `/{username}`), what could pass for
 * the people who run the community, and words that a program might take for something else.
 */
const reserved = new Set(
  `
  about abuse access account accounts activity ad add admin administrator ads ai all alpha analytics android anonymous
  api app apps archive assets auth authorize avatar avatars
  beta billing blob blocked blog bookmarks bot bots browse business
  cache camera cancel careers cdn channel chat client close collection collections comment comments community compose
  confirm connect contact cookie cookies copyright create css
  dashboard data default delete demo deploy dev developer developers direct discover dmca docs domain donate download
  edit editor email embed error errors everyone explore export
  faq favicon favorites feed feedback fetch file files filter follow follower followers following follow_requests fonts
  forgot forum
  graphql groups guest guide guides
  hashtag hashtags health healthz help highlights home host hostmaster html http https
  icon icons image images img import inbox index info install instance invitation invitations invite invites ios
  jobs join js json
  language languages legal license like likes link links list lists live local localhost location locations login logo
  logout
  mail mailer manage manifest map maps me media member members mention mentions message messages metrics mobile moderation
  moderator moderators mutual
  name navigation network new news newsletter nobody notification notifications null
  oauth offline onboarding openapi openid origin original owners
  p page pages password passwords patch payment people permissions photo photos ping places policies policy popular post
  postmaster posts premium press preview privacy private profile profiles public push put
  queue quota
  ready realtime recent recover redirect reel reels refresh register registration release report reports request requests
  reset robots root rss rules
  sales save saved script search secure security self send server service session sessions set settings setup share shop
  sign_in sign_out sign_up signin signout signup site sitemap socket source spam staff static stats status stop store
  stories story stream style styles suggested suggestions support sw system
  tag tagged tags team template terms test tests theme themes thumbnail tintype token tokens tos trash trending
  undefined unfollow unsubscribe update upload uploads url user username users
  verified verify version video videos
  wall web webhook webhooks webmaster websocket welcome well_known widget wiki worker ws www
  you your
  `.match(/\S+/g),
)

/** A name that reads like a file's would shadow it, or be taken for it. */
const FILE_LIKE =
  /\.(avif|br|css|gif|gz|html?|ico|jpe?g|js|json|map|mjs|mp4|php|png|svg|txt|wasm|webmanifest|webp|woff2?|xml)$/

/** `owner` is the owner's alone. */
export const isReserved = (username: string, role: Me['role']): boolean =>
  reserved.has(username) || FILE_LIKE.test(username) || (username === 'owner' && role !== 'owner')
