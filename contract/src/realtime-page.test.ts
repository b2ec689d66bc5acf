import { expect, it } from 'vitest'
import {
  Comment,
  closeCodes,
  frames,
  type MessageSpec,
  messages,
  TOPICS_PER_SOCKET,
  type TopicSpec,
  type TSchema,
  topics,
} from './index.ts'

/** Shown by name, as in the description of the API. */
const named = new Map<unknown, string>([[Comment, 'Comment']])

interface Shape {
  type?: string
  properties?: Record<string, TSchema>
  required?: string[]
  anyOf?: TSchema[]
  const?: unknown
}

function shapeOf(schema: TSchema): string {
  const name = named.get(schema)
  if (name) return name
  const { type = 'unknown', properties, required = [], anyOf, const: only } = schema as Shape
  if (only !== undefined) return `"${only}"`
  if (anyOf) return anyOf.map(shapeOf).join(' or ')
  if (!properties) return type
  const fields = Object.entries(properties).map(
    ([key, field]) => `${key}${required.includes(key) ? '' : '?'}: ${shapeOf(field)}`,
  )
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
}

const code = (text: string) => `\`${text}\``
const row = (...cells: string[]) => `| ${cells.join(' | ')} |`
const messageRow = ([type, { scope, summary, data }]: [string, MessageSpec]) =>
  row(code(type), code(shapeOf(data)), summary, scope === 'open' ? '' : scope)

const page = `# Sockets

Made from the contract by its test (\`npx vitest run -u contract/src/realtime-page.test.ts\`); do not edit. Why it is so: [decisions/0017](decisions/0017-realtime.md).

\`WS /api/v1/realtime\`, JSON texts of at most 4 KB from the client. What is said tells of the moment: everything can be read from the API as well.

## Who it is

\`?access_token=\`, or the web app's cookie (from its own pages alone), or a first frame \`{ "access_token": "…" }\` within ten seconds.
With \`?member=<user_id>\` it is refused where it is somebody else’s. The server closes the
socket when the token runs out or its session ends. An app hears, joins and says what its scopes allow (the last column of the tables below;
[scopes.md](scopes.md)): of the rest nothing is said, a topic answers \`unsubscribed\` and a frame \`refused\`, both with \`scope_missing\`. It answers with \`ready\`; frames before that are not obeyed.

## Going on after a break

Messages to the member carry a \`cursor\`, messages in a topic one of that topic. A client connects again with \`?resume=<last cursor>\`, and subscribes with
\`"resume": "<last cursor of the topic>"\`. \`resumed: true\`: exactly what was missed follows. \`resumed: false\` (another process, longer than two minutes,
too much): fetch what is shown. Things have ids; one that is known already is no news.

## Frames, from the client

\`{ "type": "…", "data": { … }, "ref": "…" }\`; \`ref\` may be left out.

| type | data | | each minute | scope |
|---|---|---|--:|---|
${Object.entries(frames)
  .map(([type, { scope, summary, data, perMinute }]) =>
    row(code(type), code(shapeOf(data)), summary, String(perMinute), scope === 'open' ? '' : scope),
  )
  .join('\n')}

## Topics

At most ${TOPICS_PER_SOCKET} at a time.

| topic | | said in it | scope |
|---|---|---|---|
${Object.entries<TopicSpec>(topics)
  .map(([kind, spec]) =>
    row(code(`${kind}:{${kind}_id}`), spec.summary, spec.messages.map(code).join(', '), spec.scope),
  )
  .join('\n')}

## Messages, from the server

\`{ "type": "…", "data": { … }, "topic": "…", "cursor": "…" }\`; \`topic\` and \`cursor\` where they apply. Unknown types are to be passed over.

| type | data | | scope |
|---|---|---|---|
${Object.entries(messages).map(messageRow).join('\n')}

## Closings

| code | name | |
|---|---|---|
${Object.entries(closeCodes)
  .map(([name, { code: number, summary }]) => row(code(String(number)), code(name), summary))
  .join('\n')}
| \`1001\` | \`going_away\` | The server stops. Connect again, after a random part of \`spread_ms\`. |
| \`1009\` | | A frame above 4 KB. |
`

it('the page about sockets says what the contract says', async () => {
  await expect(page).toMatchFileSnapshot('../../docs/realtime.md')
})

it('what is said in a topic is declared', () => {
  for (const { messages: said } of Object.values<TopicSpec>(topics))
    expect(Object.keys(messages)).toEqual(expect.arrayContaining([...said]))
})
