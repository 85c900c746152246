using System.Text;
using HumanLoop.Cli.Input;

namespace HumanLoop.Cli.Answering;

/// <summary>Writes a finished text: to the console, or to a file that exists whole or not at all.</summary>
internal static class Output
{
    internal static void Write(string text, string? path)
    {
        if (path is null)
        {
            Console.Out.Write(text);
            return;
        }

        var unfinished = path + ".unfinished";
        try
        {
            File.WriteAllText(unfinished, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }

            throw new InputException($"--out {path}: expected a writable path. {e.Message}", e);
        }
    }
}
