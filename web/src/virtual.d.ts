declare module 'virtual:route-addresses' {
  const addresses: import('@tintype/contract').RouteAddresses
  export default addresses
}
declare module 'virtual:late-route-addresses' {
  const addresses: import('@tintype/contract').RouteAddresses
  export default addresses
}
