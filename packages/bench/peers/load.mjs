/** Here, because a module is found from the file that asks for it. */
export const load = (name) => import(name);
