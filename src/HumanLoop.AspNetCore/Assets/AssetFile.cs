namespace HumanLoop.AspNetCore.Assets;

/// <summary>One embedded file, also compressed with Brotli.</summary>
internal sealed record AssetFile(string ContentType, byte[] Content, byte[] Compressed);
