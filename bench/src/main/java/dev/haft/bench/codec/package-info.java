/** JMH benchmarks of the codecs, beside the libraries that they use and other frameworks: {@code codecs.sh} runs them. */
@NullMarked
package dev.haft.bench.codec;

import org.jspecify.annotations.NullMarked;
