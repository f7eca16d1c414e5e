namespace Functions.Local.Http;

/// <summary>Answers in place of a function, or lets it answer.</summary>
/// <param name="call">Runs the function.</param>
public delegate ValueTask<IResult?> CallGuard(HttpContext context, Func<ValueTask<IResult?>> call);
