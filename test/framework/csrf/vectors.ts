/**
 * What Django has written, from its own tests (tests/csrf_tests) and from a shell.
 */
export const TEST_SECRET = "lcccccccX2kcccccccY2jcccccccssIC";
/** Two tokens of it. */
export const MASKED_TEST_SECRET1 =
  "1bcdefghij2bcdefghij3bcdefghij4bcdefghij5bcdefghij6bcdefghijABCD";
export const MASKED_TEST_SECRET2 =
  "2JgchWvM1tpxT2lfz9aydoXW9yT1DN3NdLiejYxOOlzzV4nhBbYqmqZYbAV3V5Bf";
export const TOKEN_OF_32_A = "vFioG3XOLyGyGsPRFyB9iYUs341ufzIEvFioG3XOLyGyGsPRFyB9iYUs341ufzIE";
