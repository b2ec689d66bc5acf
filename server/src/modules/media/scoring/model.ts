import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import { MobileNetV2MidModel } from 'nsfwjs/models/mobilenet_v2_mid'
import type { Shares } from './score.ts'

/** Pixels of the square that is looked at. */
export const EDGE = 224

interface Bundled {
  modelJson(): Promise<{ default: tf.io.ModelJSON }>
  weightBundles: readonly (() => Promise<{ default: string }>)[]
}
/** Its own types need the whole of TensorFlow.js, which is not installed. */
const bundled: Bundled = MobileNetV2MidModel

/** Loaded at the first look: a third of a second of processor time, 160 MB. */
let model: Promise<GraphModel> | undefined

/** What a square of `EDGE` pixels (RGB) is taken for. */
export async function lookAt(rgb: Uint8Array): Promise<Shares> {
  model ??= loaded()
  const ready = await model
  const answer = tf.tidy(
    () =>
      ready.predict(
        tf.tensor4d(
          Float32Array.from(rgb, (byte) => byte / 255),
          [1, EDGE, EDGE, 3],
        ),
      ) as tf.Tensor,
  )
  const [drawing = 0, hentai = 0, neutral = 0, porn = 0, sexy = 0] = await answer.data()
  answer.dispose()
  return { drawing, hentai, neutral, porn, sexy }
}

async function loaded(): Promise<GraphModel> {
  setWasmPaths(`${dirname(fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm')))}/`)
  tf.enableProdMode()
  await tf.setBackend('wasm')
  const { modelTopology, weightsManifest = [] } = (await bundled.modelJson()).default
  const weights = await Promise.all(bundled.weightBundles.map(async (bundle) => (await bundle()).default))
  const bytes = Buffer.concat(weights.map((base64) => Buffer.from(base64, 'base64')))
  const weightData = new Uint8Array(bytes).buffer
  const weightSpecs = weightsManifest.flatMap((group) => group.weights)
  return loadGraphModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }))
}
