/** What reads pictures: the three networks, or what stands for them in tests. */
import type { SignPlace } from './sign';
import type { Box, Picture } from './types';

export interface TextReader {
  /** Lines of text, upright. */
  boxes(picture: Picture): Promise<Box[]>;
  read(picture: Picture, box: Box): Promise<{ text: string; confidence: number }>;
  /** Where words beside a mark's sign stand, in two pictures of one scene. */
  signs(first: Picture, second: Picture): Promise<SignPlace[]>;
}
