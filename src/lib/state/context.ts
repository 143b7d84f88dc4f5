import { createContext } from 'svelte';
import type { Lab } from './lab.svelte';

/** The page's one `Lab`: set by the root, read by its parts. */
export const [getLab, setLab] = createContext<Lab>();
