/**
 * The records of a ZIP archive (APPNOTE 6.3.10), as a writer needs them that may be ended at any moment and taken up by another: local
 * headers that say size and checksum beforehand, and the directory at the end, made of rows that were kept. Libraries write one archive
 * in one go.
 */
export interface ZipEntry {
  /** Folders are separated by `/`. */
  name: string
  method: 'stored' | 'deflated'
  crc32: number
  /** Bytes: as they stand in the archive, and unpacked. */
  size: number
  rawSize: number
  /** Milliseconds since 1970. */
  modified: number
}

/** An entry, and where its header stands from the archive's beginning. */
export interface PlacedEntry extends ZipEntry {
  offset: number
}

const MAX_32 = 0xffffffff
const MAX_16 = 0xffff
/** Sizes above 4 GiB, and more than 65535 entries, need version 4.5. */
const VERSION = 20
const VERSION_64 = 45
/** Names are UTF-8. */
const FLAGS = 0x0800
const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END_64 = 0x06064b50
const LOCATOR_64 = 0x07064b50
const END = 0x06054b50
const EXTRA_64 = 0x0001
/** A file that its owner may read and write. */
const ATTRIBUTES = (0o100644 << 16) >>> 0
/** Made on Unix. */
const MADE_BY = 0x0300

const isLarge = (...numbers: number[]): boolean => numbers.some((number) => number >= MAX_32)

/** Goes before the bytes of an entry. */
export function localHeader(entry: ZipEntry): Buffer {
  const name = Buffer.from(entry.name)
  const is64 = isLarge(entry.size, entry.rawSize)
  const extra = is64 ? extraOf([entry.rawSize, entry.size]) : Buffer.alloc(0)
  const head = Buffer.alloc(30)
  head.writeUInt32LE(LOCAL, 0)
  head.writeUInt16LE(is64 ? VERSION_64 : VERSION, 4)
  writeCommon(head, 6, entry, is64)
  head.writeUInt16LE(name.length, 26)
  head.writeUInt16LE(extra.length, 28)
  return Buffer.concat([head, name, extra])
}

/** What an entry says of itself in the directory. */
export function directoryRecord(entry: PlacedEntry): Buffer {
  const name = Buffer.from(entry.name)
  const is64 = isLarge(entry.size, entry.rawSize, entry.offset)
  const extra = is64 ? extraOf([entry.rawSize, entry.size, entry.offset]) : Buffer.alloc(0)
  const head = Buffer.alloc(46)
  head.writeUInt32LE(CENTRAL, 0)
  head.writeUInt16LE(MADE_BY | VERSION_64, 4)
  head.writeUInt16LE(is64 ? VERSION_64 : VERSION, 6)
  writeCommon(head, 8, entry, is64)
  head.writeUInt16LE(name.length, 28)
  head.writeUInt16LE(extra.length, 30)
  head.writeUInt32LE(ATTRIBUTES, 38)
  head.writeUInt32LE(is64 ? MAX_32 : entry.offset, 42)
  return Buffer.concat([head, name, extra])
}

/** Ends the archive. `at`: where the directory begins. */
export function directoryEnd({ count, size, at }: { count: number; size: number; at: number }): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END, 0)
  end.writeUInt16LE(Math.min(count, MAX_16), 8)
  end.writeUInt16LE(Math.min(count, MAX_16), 10)
  end.writeUInt32LE(Math.min(size, MAX_32), 12)
  end.writeUInt32LE(Math.min(at, MAX_32), 16)
  return count >= MAX_16 || isLarge(size, at) ? Buffer.concat([end64({ count, size, at }), end]) : end
}

function end64({ count, size, at }: { count: number; size: number; at: number }): Buffer {
  const end = Buffer.alloc(56 + 20)
  end.writeUInt32LE(END_64, 0)
  end.writeBigUInt64LE(44n, 4)
  end.writeUInt16LE(MADE_BY | VERSION_64, 12)
  end.writeUInt16LE(VERSION_64, 14)
  end.writeBigUInt64LE(BigInt(count), 24)
  end.writeBigUInt64LE(BigInt(count), 32)
  end.writeBigUInt64LE(BigInt(size), 40)
  end.writeBigUInt64LE(BigInt(at), 48)
  end.writeUInt32LE(LOCATOR_64, 56)
  end.writeBigUInt64LE(BigInt(at + size), 64)
  end.writeUInt32LE(1, 72)
  return end
}

/** Flags, method, time, checksum and sizes stand in one order in both kinds of header. */
function writeCommon(head: Buffer, at: number, entry: ZipEntry, is64: boolean): void {
  head.writeUInt16LE(FLAGS, at)
  head.writeUInt16LE(entry.method === 'stored' ? 0 : 8, at + 2)
  head.writeUInt32LE(dosTime(entry.modified), at + 4)
  head.writeUInt32LE(entry.crc32, at + 8)
  head.writeUInt32LE(is64 ? MAX_32 : entry.size, at + 12)
  head.writeUInt32LE(is64 ? MAX_32 : entry.rawSize, at + 16)
}

function extraOf(numbers: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * numbers.length)
  extra.writeUInt16LE(EXTRA_64, 0)
  extra.writeUInt16LE(8 * numbers.length, 2)
  for (const [index, number] of numbers.entries()) extra.writeBigUInt64LE(BigInt(number), 4 + 8 * index)
  return extra
}

/** Every two seconds from 1980 on. */
function dosTime(ms: number): number {
  const at = new Date(Math.max(ms, Date.UTC(1980, 0, 1)))
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()
  return ((date << 16) | time) >>> 0
}
