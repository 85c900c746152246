namespace HumanLoop.Webhooks;

/// <summary>A webhook's host leads to no public address, and the settings do not allow others.</summary>
internal sealed class PrivateAddressException() : IOException("The host leads to no public address; set AllowPrivateAddresses if that is meant.");
