namespace Functions.Local.Hosting;

/// <summary>The host cannot start. The message is one sentence for whoever runs it.</summary>
public sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
