/** Covers the canvas with one triangle; `at` is 0…1 from the top left of the crop. */
export const vertexShader = `#version 300 es
uniform vec4 crop; // x, y, width, height; fractions of the picture
out vec2 at;
out vec2 source;
void main() {
  vec2 corner = vec2(gl_VertexID == 1 ? 2.0 : 0.0, gl_VertexID == 2 ? 2.0 : 0.0);
  at = corner;
  source = crop.xy + corner * crop.zw;
  gl_Position = vec4(corner.x * 2.0 - 1.0, 1.0 - corner.y * 2.0, 0.0, 1.0);
}`

/**
 * The contract's \`applyToPixels\` on the graphics card: matrix on 0…1, rounded to a level as there, tables by
 * level, vignette by distance from the middle.
 */
export const fragmentShader = `#version 300 es
precision highp float;
uniform sampler2D picture;
uniform sampler2D tables; // 256 x 1, a channel each
uniform mat3 mixing;
uniform vec3 offset;
uniform vec4 vignetteColor; // a: amount
uniform vec2 vignetteReach; // inner, outer
in vec2 at;
in vec2 source;
out vec4 result;
void main() {
  vec4 pixel = texture(picture, source);
  ivec3 level = ivec3(clamp(mixing * pixel.rgb + offset, 0.0, 1.0) * 255.0 + 0.5);
  vec3 color = vec3(
    texelFetch(tables, ivec2(level.r, 0), 0).r,
    texelFetch(tables, ivec2(level.g, 0), 0).g,
    texelFetch(tables, ivec2(level.b, 0), 0).b);
  vec2 away = at * 2.0 - 1.0;
  float reach = smoothstep(vignetteReach.x, vignetteReach.y, sqrt(dot(away, away) / 2.0));
  color = mix(color, vignetteColor.rgb, vignetteColor.a * reach);
  result = vec4(color, pixel.a);
}`
