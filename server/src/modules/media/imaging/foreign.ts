import type { ByteSource } from './byte-source.ts'
import { PAGE } from './byte-source.ts'

const BINARY = [
  '%PDF-', // PDF
  'II*\0', // TIFF
  'MM\0*',
  'BM', // Windows bitmap
  '8BPS', // Photoshop
  'PK\x03\x04', // ZIP and what builds on it
  '\0\0\x01\0', // icon
  '\0\0\0\x0cJXL ', // JPEG XL
  '\xff\x0a',
  '\0\0\0\x0cjP  ', // JPEG 2000
  '\x1aE\xdf\xa3', // Matroska, WebM
  '#!', // script
  'MZ', // program
  '\x7fELF',
]
const MARKUP = /^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|!--|svg|html|head|body|script|\?php)/i

/** Formats we can name and do not take. Video containers begin like HEIC and are told apart there. */
export function isKnownForeign(head: Buffer): boolean {
  const text = head.toString('latin1')
  return BINARY.some((magic) => text.startsWith(magic)) || MARKUP.test(text)
}

const SCRIPT = /<script|<svg[\s>]|<html[\s>]|<iframe|<!doctype html|<\?php|<%@\s*page\b|javascript:/i

/**
 * A picture that is at the same time a page, a program or an archive. What we serve is re-encoded, so such a file
 * could not reach a browser; it is refused all the same, because nobody makes one by accident. Looks where they must
 * stand to work: near the start (in comments and metadata), and appended to the end.
 */
export async function hidesAnotherFormat(source: ByteSource): Promise<boolean> {
  const head = (await source.read(0, PAGE)).toString('latin1')
  if (SCRIPT.test(head) || head.slice(1, 1024).includes('%PDF-')) return true
  const tail = await source.read(Math.max(0, source.size - PAGE), PAGE)
  return SCRIPT.test(tail.toString('latin1')) || endsAsZip(tail)
}

/** The end record of an archive names the length of the comment after it, which must reach the end of the file exactly. */
function endsAsZip(tail: Buffer): boolean {
  const record = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  return (
    record >= 0 && record + 22 <= tail.length && record + 22 + tail.readUInt16LE(record + 20) === tail.length
  )
}
