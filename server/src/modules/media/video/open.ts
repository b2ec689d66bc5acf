import { TintypeError } from '@tintype/contract/tintype-error'
import { Demuxer, type Frame, type Stream } from 'node-av'
import {
  AV_CODEC_ID_H264,
  AV_DISPOSITION_ATTACHED_PIC,
  AV_LOG_FATAL,
  AV_NOPTS_VALUE,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUVA420P,
  AV_PKT_DATA_DISPLAYMATRIX,
  AV_PROFILE_H264_BASELINE,
  AV_PROFILE_H264_CONSTRAINED,
  AV_PROFILE_H264_HIGH,
  AV_PROFILE_H264_MAIN,
  AVCOL_RANGE_JPEG,
  AVCOL_SPC_BT470BG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_SPC_SMPTE170M,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_SMPTE2084,
  AVDISCARD_ALL,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants'
import { avGetCodecName, Log } from 'node-av/lib'
import { isSideways, turningOf } from './display-matrix.ts'
import type { Container, Probe, Source, SourcePicture } from './source.ts'

Log.setLevel(AV_LOG_FATAL)

/** Would go on for ever otherwise. */
const LOOPS = new Set<Container>(['gif', 'webp_anim'])

/**
 * Opens a file with the one demuxer that is meant for it, which reads no other file. Rejects with `media_corrupt` where it makes no
 * sense of it.
 */
export async function openSource({ path, container }: Source): Promise<Demuxer> {
  const loop = LOOPS.has(container) ? { ignore_loop: 1 } : {}
  try {
    return await Demuxer.open(path, {
      format: container as string,
      options: { protocol_whitelist: 'file', ...loop },
    })
  } catch (cause) {
    throw new TintypeError('media_corrupt', { cause })
  }
}

/** Seeks go by the file's clock; by a stream's own they would be told in its ticks. */
export const ANY_STREAM = -1

export interface Streams {
  picture: Stream | undefined
  sound: Stream | undefined
}

/** What is shown and heard: of several the first, covers left out. */
export function streamsOf({ streams }: Demuxer): Streams {
  const first = (type: number) =>
    streams.find((one) => one.codecpar.codecType === type && !(one.disposition & AV_DISPOSITION_ATTACHED_PIC))
  return { picture: first(AVMEDIA_TYPE_VIDEO), sound: first(AVMEDIA_TYPE_AUDIO) }
}

/** Leaves all other streams unread. */
export function readOnly(demuxer: Demuxer, wanted: Stream): void {
  for (const stream of demuxer.streams) if (stream.index !== wanted.index) stream.discard = AVDISCARD_ALL
}

export function probe(demuxer: Demuxer): Probe {
  const { picture, sound } = streamsOf(demuxer)
  return {
    duration: demuxer.duration,
    startTime: startOf(demuxer),
    picture: picture && pictureOf(picture),
    sound: sound && { codec: nameOf(sound), channels: sound.codecpar.channels },
  }
}

/** Seconds; below zero where the sound begins with what an encoder needs to start. */
export function startOf(demuxer: Demuxer): number {
  const { startTime } = demuxer.getFormatContext()
  return startTime === AV_NOPTS_VALUE ? 0 : Number(startTime) / 1e6
}

const nameOf = ({ codecpar }: Stream): string => avGetCodecName(codecpar.codecId) ?? 'unknown'

function pictureOf(stream: Stream): SourcePicture {
  const { codecpar } = stream
  const turning = turningOf(codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX))
  const aspect = [stream.sampleAspectRatio, codecpar.sampleAspectRatio].find(
    ({ num, den }) => num > 0 && den > 0,
  )
  const stretch = aspect ? aspect.num / aspect.den : 1
  const stored = { width: Math.max(1, Math.round(codecpar.width * stretch)), height: codecpar.height }
  const size = isSideways(turning) ? { width: stored.height, height: stored.width } : stored
  const rate = [stream.avgFrameRate, stream.rFrameRate].find(({ num, den }) => num > 0 && den > 0)
  return {
    codec: nameOf(stream),
    ...size,
    turning,
    frameRate: rate ? rate.num / rate.den : 0,
    isWide: WIDE.has(codecpar.colorTrc),
    matrix: matrices[codecpar.colorSpace],
    isPlain:
      codecpar.codecId === AV_CODEC_ID_H264 &&
      PLAIN_PROFILES.has(codecpar.profile) &&
      codecpar.format === AV_PIX_FMT_YUV420P &&
      codecpar.colorRange !== AVCOL_RANGE_JPEG &&
      turning.length === 0 &&
      stretch === 1 &&
      codecpar.width % 2 === 0 &&
      codecpar.height % 2 === 0,
    bitRate: Number(codecpar.bitRate),
    hasAlpha: codecpar.format === AV_PIX_FMT_YUVA420P || LOOPED_CODECS.has(nameOf(stream)),
  }
}

/** What a filter answers: a frame, or that there is none. */
export const isFrame = (found: unknown): found is Frame => typeof found === 'object' && found !== null

/** Codecs of animated pictures, which may be see-through. */
const LOOPED_CODECS = new Set(['gif', 'apng', 'webp', 'webp_anim'])
const WIDE = new Set<number>([AVCOL_TRC_SMPTE2084, AVCOL_TRC_ARIB_STD_B67])
const PLAIN_PROFILES = new Set<number>([
  AV_PROFILE_H264_BASELINE,
  AV_PROFILE_H264_BASELINE | AV_PROFILE_H264_CONSTRAINED,
  AV_PROFILE_H264_MAIN,
  AV_PROFILE_H264_HIGH,
])
const matrices: Record<number, SourcePicture['matrix']> = {
  [AVCOL_SPC_BT709]: 'bt709',
  [AVCOL_SPC_BT470BG]: 'bt601',
  [AVCOL_SPC_SMPTE170M]: 'bt601',
  [AVCOL_SPC_BT2020_NCL]: 'bt2020',
}
