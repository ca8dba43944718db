/** As URL parsers read it: what stands up to the last `@` in front of path, query or fragment. */
const USER_INFO = /^(https?:[\\/]*)[^\\/?#]*@/i;

/** @returns an address without user name and password; any other text as it is */
export const bareAddress = (address: string): string => address.replace(USER_INFO, '$1');
