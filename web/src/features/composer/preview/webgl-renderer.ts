import type { CompiledFilter } from '@tintype/contract/filter-compile'
import type { Vignette } from '@tintype/contract/filter-definitions'
import { GRAIN_MOST, SHARPEN_MOST } from '@tintype/contract/filter-texture'
import type { Exposure, Renderer } from './exposure.ts'
import { fragmentShader, vertexShader } from './shaders.ts'

/** Pictures kept on the graphics card; a 2048 px one with its smaller levels takes about 20 MB. */
const TEXTURES_KEPT = 4

/**
 * One hidden WebGL canvas draws for all visible ones, as a page gets few WebGL contexts and would upload each picture
 * to every one of them. Undefined where there is no WebGL 2 on a
 * graphics card. `onLost` is told when the graphics card goes away.
 */
export function createWebGlRenderer(onLost: () => void): Renderer | undefined {
  const canvas = document.createElement('canvas')
  const gl = canvas.getContext('webgl2', {
    antialias: false,
    depth: false,
    premultipliedAlpha: false,
    // WebGL that the processor only pretends to is many times slower than the processor's own way.
    failIfMajorPerformanceCaveat: true,
  })
  const program = gl && linkProgram(gl)
  if (!gl || !program) return undefined
  canvas.addEventListener('webglcontextlost', onLost, { once: true })
  // biome-ignore lint/correctness/useHookAtTopLevel: a command of WebGL, not a hook
  gl.useProgram(program)
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
  const uniform = (name: string) => gl.getUniformLocation(program, name)
  gl.uniform1i(uniform('picture'), 0)
  gl.uniform1i(uniform('tables'), 1)
  const tables = createTables(gl)
  const textures = new TextureShelf(gl)
  const placement = uniform('placement')
  const canvasSize = uniform('canvasSize')
  const setFilter = createFilterSetter(gl, program, tables)

  return {
    kind: 'webgl',
    draw(target, exposure: Exposure) {
      const { width, height } = target
      const context = target.getContext('2d')
      if (!context || width === 0 || height === 0) return
      // Only ever grows: every change of a canvas's size throws its memory away.
      if (canvas.width < width) canvas.width = width
      if (canvas.height < height) canvas.height = height
      gl.viewport(0, canvas.height - height, width, height)
      textures.bind(exposure.bitmap)
      gl.uniformMatrix3x2fv(placement, false, exposure.placement)
      gl.uniform2f(canvasSize, width, height)
      setFilter(exposure.filter)
      gl.drawArrays(gl.TRIANGLES, 0, 3)
      context.clearRect(0, 0, width, height)
      context.drawImage(canvas, 0, 0, width, height, 0, 0, width, height)
    },
  }
}

function createFilterSetter(gl: WebGL2RenderingContext, program: WebGLProgram, tables: WebGLTexture) {
  const uniform = (name: string) => gl.getUniformLocation(program, name)
  const [mixing, offset] = [uniform('mixing'), uniform('offset')]
  const colors = [uniform('vignetteColor[0]'), uniform('vignetteColor[1]')]
  const reaches = [uniform('vignetteReach[0]'), uniform('vignetteReach[1]')]
  const [sharpening, graining] = [uniform('sharpening'), uniform('graining')]
  const packed = new Uint8Array(256 * 3)
  return ({ matrix, lut, vignettes, sharpen, grain }: CompiledFilter) => {
    const [rr, rg, rb, ro, gr, gg, gb, go, br, bg, bb, bo] = matrix
    // Column after column.
    gl.uniformMatrix3fv(mixing, false, [rr, gr, br, rg, gg, bg, rb, gb, bb])
    gl.uniform3f(offset, ro, go, bo)
    for (const [i, color] of colors.entries()) {
      const {
        color: [r, g, b],
        amount,
        inner,
        outer,
      } = vignettes[i] ?? noVignette
      gl.uniform4f(color, r, g, b, amount)
      gl.uniform2f(reaches[i] ?? null, inner, outer)
    }
    gl.uniform1f(sharpening, sharpen * SHARPEN_MOST)
    gl.uniform1f(graining, (grain * GRAIN_MOST) / 255)
    for (let level = 0; level < 256; level++)
      packed.set([lut.r[level] ?? 0, lut.g[level] ?? 0, lut.b[level] ?? 0], level * 3)
    gl.activeTexture(gl.TEXTURE1)
    gl.bindTexture(gl.TEXTURE_2D, tables)
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, 256, 1, gl.RGB, gl.UNSIGNED_BYTE, packed)
  }
}

const noVignette: Vignette = { color: [0, 0, 0], amount: 0, inner: 0, outer: 1 }

function createTables(gl: WebGL2RenderingContext): WebGLTexture {
  const texture = gl.createTexture()
  gl.activeTexture(gl.TEXTURE1)
  gl.bindTexture(gl.TEXTURE_2D, texture)
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGB8, 256, 1)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST)
  return texture
}

/** The pictures used last, as textures with smaller levels, so that a thumbnail does not glitter. */
class TextureShelf {
  readonly #gl: WebGL2RenderingContext
  readonly #textures = new Map<Exposure['bitmap'], WebGLTexture>()

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl
  }

  bind(bitmap: Exposure['bitmap']): void {
    const gl = this.#gl
    gl.activeTexture(gl.TEXTURE0)
    const known = this.#textures.get(bitmap)
    if (known) {
      this.#textures.delete(bitmap)
      this.#textures.set(bitmap, known)
      gl.bindTexture(gl.TEXTURE_2D, known)
      return
    }
    this.#evict()
    const texture = gl.createTexture()
    gl.bindTexture(gl.TEXTURE_2D, texture)
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, bitmap)
    gl.generateMipmap(gl.TEXTURE_2D)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
    this.#textures.set(bitmap, texture)
  }

  #evict(): void {
    const oldest = this.#textures.entries().next()
    if (this.#textures.size < TEXTURES_KEPT || oldest.done) return
    const [bitmap, texture] = oldest.value
    this.#gl.deleteTexture(texture)
    this.#textures.delete(bitmap)
  }
}

function linkProgram(gl: WebGL2RenderingContext): WebGLProgram | undefined {
  const program = gl.createProgram()
  for (const [type, text] of [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const) {
    const shader = gl.createShader(type)
    if (!shader) return undefined
    gl.shaderSource(shader, text)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : undefined
}
