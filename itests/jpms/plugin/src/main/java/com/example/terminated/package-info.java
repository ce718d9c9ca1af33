/** Text that ends with a NUL byte, by the name of {@code terminated}. */
@NullMarked
package com.example.terminated;

import org.jspecify.annotations.NullMarked;
