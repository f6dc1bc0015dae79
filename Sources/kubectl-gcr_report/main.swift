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
exit(status)
