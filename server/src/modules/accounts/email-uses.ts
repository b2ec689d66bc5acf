/** What the vault is told that an address is, and whose: none stands for another, nor for another member's. */
export const emailUses = {
  own: (user_id: string) => `email ${user_id}`,
  /** That is to take the place of their own. */
  wanted: (user_id: string) => `wanted email ${user_id}`,
  mailedTo: (user_id: string, link_id: string) => `mailed link ${user_id} ${link_id}`,
  former: (user_id: string, change_id: string) => `former email ${user_id} ${change_id}`,
  /** By which it is found, whoever has it. */
  index: 'email',
}
