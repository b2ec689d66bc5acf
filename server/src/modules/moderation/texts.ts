import type { ActKind, ModerationRule } from '@tintype/contract'
import { createT } from '@tintype/contract/core/texts'

/** What members are told of what moderators did, in mails and on devices. */
export const t = createT({
  hello: 'Hello {name},',
  'act.remove': 'Something that you posted was removed',
  'act.mark_sensitive': 'A post of yours is covered now',
  'act.warn': 'A warning from the moderators',
  'act.silence': 'Only your followers see what you post now',
  'act.suspend': 'Your account is suspended',
  'act.hold': 'Something that you posted waits for the moderators',
  'line.remove': 'The moderators of {community} have removed it. Nobody but you sees it.',
  'line.mark_sensitive': 'The moderators of {community} have put a cover over it. Whoever wants to can look.',
  'line.warn': 'The moderators of {community} ask you to mind the rules.',
  'line.silence': 'What you post at {community} comes up for your followers alone.',
  'line.suspend': 'You cannot log in to {community}, and nobody sees your profile or what you posted.',
  'line.hold':
    'A program took it for something that {community} does not want. Nobody but you sees it until a moderator has looked.',
  rule: 'The rule: {rule}.',
  excerpt: 'It is about: “{text}”',
  until: 'It ends by itself on {when}.',
  message: 'The moderators say: {text}',
  action: 'See your account status',
  logIn: 'Log in to ask for another look',
  note: 'If you think that this is wrong, you can ask for another look once. Somebody else decides then, where there is somebody else.',
  'lifted.subject': 'The moderators have taken something back',
  'lifted.line': 'What they did on {when} no longer stands.',
  'refused.subject': 'The moderators have looked again',
  'refused.line': 'They looked at what you wrote, and what they did on {when} stands.',
})

export const ruleNames: Record<ModerationRule, string> = {
  spam: 'no advertising, no fraud',
  harassment: 'nobody is bullied or harassed',
  hate: 'no hate',
  violence: 'no violence, no threats',
  nudity: 'no nudity or sexual content',
  self_harm: 'nothing that leads to self-harm',
  minors: 'children are protected',
  illegal: 'nothing against the law',
  impersonation: 'nobody pretends to be somebody else',
  other: 'the rules of this community',
}

export const subjectOfMail = (act: ActKind): string => t(`act.${act}`)
