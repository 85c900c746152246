using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Text;
using HumanLoop.Reports;

namespace HumanLoop.AspNetCore.Assets;

/// <summary>The style sheet and the scripts, embedded, under addresses that change with every build, so that a browser may keep them for ever.</summary>
internal static class AssetFiles
{
    private const string Folder = "assets/";

    private static readonly FrozenDictionary<string, AssetFile> Files = Load();

    /// <summary>Names this build in addresses.</summary>
    public static string Version { get; } = typeof(AssetFiles).Module.ModuleVersionId.ToString("N")[..12];

    public static AssetFile? Find(string name) => Files.GetValueOrDefault(name);

    /// <summary>A file's address below the prefix.</summary>
    public static string AddressOf(string name) => $"_a/{Version}/{name}";

    private static FrozenDictionary<string, AssetFile> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).ToFrozenDictionary(name => name[Folder.Length..], name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            if (!name.EndsWith(".css", StringComparison.Ordinal))
            {
                return new AssetFile("text/javascript; charset=utf-8", content, Compressed(content));
            }

            // One sheet for all: the report's own, which the command line writes into its pages, and after it the inbox's.
            byte[] sheet = [.. Encoding.UTF8.GetBytes(ReportStyles.Report), .. content];
            return new AssetFile("text/css; charset=utf-8", sheet, Compressed(sheet));
        });
    }

    private static byte[] Compressed(byte[] content)
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.SmallestSize))
        {
            brotli.Write(content);
        }

        return target.ToArray();
    }
}
