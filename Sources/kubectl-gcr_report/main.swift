import CommandLineTool
import Glibc

HeapSettings.keepSmall()
StandardDescriptors.occupyClosed()
Interrupts.ignoreBrokenPipes()
let environment = Environment.ofProcess()
let arguments = Array(CommandLine.arguments.dropFirst())
let status = await Interrupts.guarding {
  await CommandLineTool.run(arguments: arguments, environment: environment)
}
// Not `exit`: at its end OpenSSL frees locks that a connection which is being closed on another
// thread still takes (OPENSSL_cleanup(3)), and the program would crash. Nothing is left to flush:
// all output is written with write(2).
_exit(status)
