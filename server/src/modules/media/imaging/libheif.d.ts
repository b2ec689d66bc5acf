declare module 'libheif-js/wasm-bundle.js' {
  export interface DisplayedImage {
    data: Uint8ClampedArray<ArrayBuffer>
    width: number
    height: number
  }
  /** A value of an enumeration; equal ones are the same object. */
  export type Named = object
  export interface DecodedImage {
    image: object
    width: number
    height: number
    channels: {
      id: Named
      width: number
      height: number
      /** Bytes from one row to the next. */
      stride: number
      bits_per_pixel: number
      /** A view into the decoder's memory. */
      data: Uint8Array
    }[]
  }
  export interface HeifImage {
    handle: object
    get_width(): number
    get_height(): number
    is_primary(): boolean
    /** Calls back with `target` filled, or with null when the picture cannot be decoded. */
    display(target: DisplayedImage, done: (shown: DisplayedImage | null) => void): void
    free(): void
  }
  export interface Libheif {
    HeifDecoder: new () => { decode(file: Uint8Array): HeifImage[] }
    heif_colorspace: { heif_colorspace_RGB: Named }
    heif_chroma: { heif_chroma_interleaved_RRGGBBAA_LE: Named }
    /** Its image is to be released. Of a picture that cannot be decoded it answers no channels. */
    heif_js_decode_image2(handle: object, colours: Named, chroma: Named): Partial<DecodedImage>
    heif_image_release(image: object): void
  }
  const libheif: Libheif
  export default libheif
}
