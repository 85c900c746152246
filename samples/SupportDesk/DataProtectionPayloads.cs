using HumanLoop;
using Microsoft.AspNetCore.DataProtection;

namespace SupportDesk;

/// <summary>Encrypts what decisions say with ASP.NET Core Data Protection. Wired only where a folder for the keys is named: <c>--protect keys</c>.</summary>
internal sealed class DataProtectionPayloads(IDataProtectionProvider provider) : IPayloadProtector
{
    private readonly IDataProtector _protector = provider.CreateProtector("HumanLoop.Payloads");

    public byte[] Protect(ReadOnlySpan<byte> plain) => _protector.Protect(plain.ToArray());

    public byte[] Unprotect(ReadOnlySpan<byte> cipher) => _protector.Unprotect(cipher.ToArray());
}
