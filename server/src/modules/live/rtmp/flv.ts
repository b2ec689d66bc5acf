import type { Message } from './chunks.ts'

const TAG_HEAD = 11

/** What a file of Flash Video begins with (Adobe, 2010, annex E): sounds and pictures. */
export const FLV_HEAD = Buffer.from([0x46, 0x4c, 0x56, 1, 5, 0, 0, 0, 9, 0, 0, 0, 0])

/** A message as it stands in such a file. */
export function flvTag({ type, time, body }: Pick<Message, 'type' | 'time' | 'body'>): Buffer {
  const tag = Buffer.alloc(TAG_HEAD + body.length + 4)
  tag.writeUInt8(type, 0)
  tag.writeUIntBE(body.length, 1, 3)
  tag.writeUIntBE(time & 0xffffff, 4, 3)
  tag.writeUInt8((time >>> 24) & 0xff, 7)
  body.copy(tag, TAG_HEAD)
  tag.writeUInt32BE(TAG_HEAD + body.length, TAG_HEAD + body.length)
  return tag
}
