namespace Club.Messaging;

/// <summary>What a template message says to one member.</summary>
public sealed record WeChatLetter(string Template, string? Url, IReadOnlyDictionary<string, string> Data);
