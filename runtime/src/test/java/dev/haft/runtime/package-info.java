/** The program as its users start it: a process of its own, with pipes and sockets. */
package dev.haft.runtime;
