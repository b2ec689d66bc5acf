declare module 'libheif-js/wasm-bundle.js' {
  export interface DisplayedImage {
    data: Uint8ClampedArray<ArrayBuffer>
    width: number
    height: number
  }
  export interface HeifImage {
    get_width(): number
    get_height(): number
    is_primary(): boolean
    /** Calls back with `target` filled, or with null when the picture cannot be decoded. */
    display(target: DisplayedImage, done: (shown: DisplayedImage | null) => void): void
    free(): void
  }
  const libheif: { HeifDecoder: new () => { decode(file: Uint8Array): HeifImage[] } }
  export default libheif
}
