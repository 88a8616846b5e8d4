"""证书撤销测试: is nobody's certificate voided unheard, and is what is void never valid again?"""
